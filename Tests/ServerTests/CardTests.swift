import HTTPTypes
import Hummingbird
import Kernel
import Logging
import Persistence
import TestSupport
import Testing
import Web

@testable import Server

@Suite struct `The house is a list of cards` {
    private struct Broken: Error {}

    private func withHouse(_ body: (House) async throws -> Void) async throws {
        try await Installation.fresh(.sqlite) { installation in
            let house = try await House(try installation.settings())
            try await body(house)
            await house.database.close()
        }
    }

    @Test func `whatever is kept under a name has one of its own`() async throws {
        try await withHouse { house in
            let logger = Logger(label: "test")
            let names: [(kind: String, all: [String])] = [
                ("migrations", House.migrations.map(\.name)), ("chores", house.chores.map(\.name)),
                ("followers", house.cards.flatMap { $0.followers.map(\.name) }),
                ("couriers", house.cards.flatMap { $0.couriers(logger).map(\.topic) }),
            ]
            for (kind, all) in names {
                #expect(!all.isEmpty, "\(kind)")
                #expect(Set(all).count == all.count, "\(kind) share a name: \(all.sorted())")
            }
        }
    }

    @Test func `the menus have every slice's lines in one order`() async throws {
        try await withHouse { house in
            let menus = house.cards.map { $0.menu }
            let expected = ["/thu-tuc", "/ho-so", "/dat-lich", "/tra-cuu", "/co-quan", "/mot-cua"]
            #expect(menus.publicLinks.map(\.path) == expected)
            let office = menus.officeLinks.map(\.path)
            #expect(office.prefix(4) == ["/work", "/work/intake", "/work/counter", "/work/triage"])
            #expect(office.last == "/work/staff" && office.count == 16)
            let keys = menus.officeLinks.compactMap(\.key)
            #expect(Set(keys).count == keys.count, "two lines share a letter")
        }
    }

    @Test func `every line of a menu opens a page`() async throws {
        try await withHouse { house in
            let pages = Set(
                try house.router(logger: Logger(label: "test")).routes.filter { $0.method == .get }.map {
                    $0.path.description.hasPrefix("/") ? $0.path.description : "/\($0.path.description)"
                }
            )
            let menus = house.cards.map { $0.menu }
            for link in menus.publicLinks + menus.officeLinks { #expect(pages.contains(link.path), "\(link.path)") }
        }
    }

    @Test func `one chore that fails stops no other, and both are told in the numbers`() async throws {
        try await withHouse { house in
            let (clock, metrics) = (TestClock(), Metrics())
            let housekeeping = Housekeeping(
                chores: [
                    Chore("broken", every: .days(1)) { throw Broken() }, Chore("whole", every: .days(1)) {},
                    .everyProcess("own") {},
                ],
                database: house.database,
                office: Office { clock.now },
                metrics: metrics,
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            )
            await housekeeping.tidy()
            let (text, seconds) = (metrics.text, clock.now.milliseconds / 1000)
            for line in [
                "motcua_chore_failures_total{chore=\"broken\"} 1", "motcua_chore_failures_total{chore=\"whole\"} 0",
                "motcua_chore_last_success_timestamp_seconds{chore=\"whole\"} \(seconds)",
                "motcua_chore_last_success_timestamp_seconds{chore=\"own\"} \(seconds)",
            ] {
                #expect(text.contains(line + "\n"), "\(line)")
            }
            #expect(!text.contains("motcua_chore_last_success_timestamp_seconds{chore=\"broken\"}"))
        }
    }
}
