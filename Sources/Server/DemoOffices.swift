import Accounts
import Agencies
import Kernel
import OneStop
import Persistence
import Web

/// How the one-stop offices of the demonstration receive people: numbers that are usual for offices of their size, and
/// the measures of July 2021 at one of them.
struct DemoOffices {
    let house: House
    private let authority = OfficeAuthority(agency: ID(rawValue: "h26"), roles: [.leader, .admin], isAbove: true)

    /// The District of Ba Đình has no limit; the Department of Justice works with half of its seats.
    private static let offices: [(agency: ID<Agency>, seats: Int, counters: Int)] = [
        (justice, 40, 6), (ID(rawValue: "h26-ba-dinh-mot-cua"), 32, 5), (ID(rawValue: "h26-hoan-kiem-mot-cua"), 28, 4),
        (DemoPeople.ward, 16, 3),
    ]
    private static let justice = ID<Agency>(rawValue: "h26-tu-phap-mot-cua")
    /// On a day: enough for a forecast and for measured times, few enough to be written in seconds.
    private static let visitors = 30

    /// Sets up those that are not set up yet, so that repeating it changes nothing.
    func load() async throws {
        for office in Self.offices {
            guard try await house.oneStop.offices.model(of: office.agency) == OfficeModel() else { continue }
            try await setUp(office.agency, seats: office.seats, counters: office.counters)
        }
        try await DemoQueues(house: house).load(Self.justice, visitors: Self.visitors)
    }

    private func setUp(_ agency: ID<Agency>, seats: Int, counters: Int) async throws {
        let offices = house.oneStop.offices
        // Before the first day of which the demonstration tells.
        let now = Instant(
            LocalMinute(date: house.office.now.localDate.adding(days: -DemoQueues.days - 7), minuteOfDay: 480)
        )
        let circumstances = Circumstances(at: now, actor: .system(name: .demonstration))
        try await offices.perform(.setHall(OfficeHall(seats: seats), by: authority), on: agency, circumstances)
        try await offices.perform(.addSessions(sessions(now), by: authority), on: agency, circumstances)
        for number in 1...counters {
            let kind: ServiceCounter.Kind = number == counters ? .return : number == counters - 1 ? .both : .reception
            let counter = ServiceCounter(
                id: ID(rawValue: "\(agency.rawValue)-\(number)"),
                name: "Quầy \(number)",
                kind: kind
            )
            try await offices.perform(.addCounter(counter, by: authority), on: agency, circumstances)
        }
        for (field, minutes) in [("civil-status", 12), ("certification", 6), ("criminal-record", 10), ("land", 20)] {
            try await offices.perform(
                .setServiceTime(field: field, minutes: minutes, by: authority),
                on: agency,
                circumstances
            )
        }
        guard agency == Self.justice else { return }
        let order = halfOfTheSeats
        // Nobody orders anything for a time that has passed, so this was ordered in time.
        let given = Circumstances(at: order.start + .hours(-8), actor: .system(name: .demonstration))
        try await house.orders.impose(order, on: agency, by: authority.agency, given)
    }

    /// Monday to Friday with a lunch break; on Saturday morning only what everybody needs.
    private func sessions(_ now: Instant) -> [ReceptionSession] {
        let week = (1...5).flatMap { day in
            [(480, 720), (810, 1020)].compactMap { start, end in
                WorkingInterval(start: start, end: end).map {
                    ReceptionSession(id: .fresh(at: now), weekday: day, hours: $0)
                }
            }
        }
        let saturday = WorkingInterval(start: 480, end: 690).map {
            ReceptionSession(
                id: .fresh(at: now),
                weekday: 6,
                hours: $0,
                fields: ["civil-status", "certification", "criminal-record"],
                staff: 2
            )
        }
        return week + [saturday].compactMap(\.self)
    }

    /// As Hà Nội ordered in July 2021. The demonstration is looked at in any year, so it has no end.
    private var halfOfTheSeats: StandingOrder {
        let signed = LocalDate(year: 2021, month: 7, day: 23) ?? LocalDate(dayNumber: 0)
        return StandingOrder(
            id: ID(rawValue: "ha-noi-2021-07"),
            measures: Measures(
                percent: 50,
                distance: 200,
                healthRules: "Thực hiện 5K: khẩu trang, khử khuẩn, khoảng cách, không tụ tập, khai báo y tế."
            ),
            start: Instant(LocalMinute(date: signed.adding(days: 1), minuteOfDay: 0)),
            reason: "Giãn cách xã hội để phòng, chống dịch COVID-19",
            document: LegalDocument(number: "17/CT-UBND", date: signed)
        )
    }
}
