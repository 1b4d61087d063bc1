import Kernel
import Markup
import Testing
import Web

@testable import OneStop

/// Hours of an agency and of its hall are two facts; whoever keeps both is told when they differ.
struct HoursDisagreementTests {
    private static func model(_ sessions: [ReceptionSession]) -> OfficeModel {
        var office = OneStopOffice()
        office.evolve(.hallSet(hall: OfficeHall(seats: 10)))
        office.evolve(.counterAdded(counter: OneStopOfficeTests.counter))
        for session in sessions { office.evolve(.sessionAdded(session: session)) }
        return office.model
    }

    private static func hours(_ monday: String...) throws -> WeeklyHours {
        try #require(WeeklyHours([1: monday.compactMap(WorkingInterval.init(rawValue:))]))
    }

    @Test func `the same hours agree, also where sessions follow each other without a pause`() throws {
        let model = Self.model([
            OneStopOfficeTests.session("a", 1, "08:00-10:00"), OneStopOfficeTests.session("b", 1, "10:00-12:00"),
        ])
        #expect(HoursDisagreement(try Self.hours("08:00-12:00"), model).days.isEmpty)
    }

    @Test func `days that differ are told with both, Saturdays of the hall included`() throws {
        let model = Self.model([
            OneStopOfficeTests.session("a", 1, "07:30-12:00"), OneStopOfficeTests.session("b", 6, "08:00-11:00"),
        ])
        let told = HoursDisagreement(try Self.hours("08:00-12:00"), model)
        #expect(told.days.map(\.weekday) == [1, 6])
        let words = try #require(told.notice(.vi)).source
        for part in ["Thứ Hai: cơ quan 08:00–12:00", "tiếp nhận 07:30–12:00", "Thứ Bảy: cơ quan không có"] {
            #expect(words.contains(part), "the notice leaves out “\(part)”")
        }
    }

    @Test func `where either is not known there is nothing to compare`() throws {
        #expect(HoursDisagreement(nil, Self.model([OneStopOfficeTests.session("a", 1, "07:30-12:00")])).days.isEmpty)
        #expect(HoursDisagreement(try Self.hours("08:00-12:00"), OfficeModel()).days.isEmpty)
    }
}
