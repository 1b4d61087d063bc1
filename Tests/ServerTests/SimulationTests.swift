import Catalogue
import DossierCore
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Server

/// A small year of a commune; `motcua simulate` lives through a large one.
@Suite struct `A simulated year` {
    private func report(_ kind: TestDatabase, dossiers: Int, seed: Int = 1) async throws -> YearProof.Report {
        try await Installation.fresh(kind) { installation in
            let clock = SimulatedClock(Instant(milliseconds: 0))
            let house = try await House(try installation.settings(), office: Office { clock.now })
            try await house.storeAuthorities()
            let report = try await house.simulate(
                dossiers: dossiers,
                year: 2026,
                agency: DemoPeople.ward,
                seed: seed,
                clock: clock
            )
            await house.database.close()
            return report
        }
    }

    @Test func `ends with everything in agreement, the same on every database`() async throws {
        var digests: Set<String> = []
        for kind in TestDatabase.kinds {
            let report = try await report(kind, dossiers: 120)
            for check in report.checks { #expect(check.holds, "\(kind): \(check.what): \(check.detail)") }
            #expect(report.states.values.reduce(0, +) == 120 && report.commands > 600 && report.refused > 0)
            #expect((report.states[10] ?? 0) > 70, "most dossiers come to their result: \(report.states)")
            #expect((report.states[0] ?? 0) > 0, "something was taken in by mistake")
            #expect(report.moments > 600)
            digests.insert(report.digest)
        }
        #expect(digests.count == 1, "the year depends on the database")
    }

    @Test func `a payment or a print that is not recorded is found on a paper, and one that is recorded is not`() {
        let filing = { (fee: FeePayment?) in
            Filing(
                code: DossierCode(rawValue: "T-1234567")!,
                procedure: "1.000001",
                revision: 1,
                situation: nil,
                agency: DemoPeople.ward,
                channel: .counter,
                returnBy: .counter,
                applicant: nil,
                content: SealedText(text: ID(rawValue: "n"), digest: ""),
                papers: [],
                steps: [],
                feePaid: fee
            )
        }
        func faults(_ text: String, _ fee: FeePayment?) -> [String] {
            let filed = Dossier.Event.filing(.filed(filing: filing(fee)))
            let circumstances = Circumstances(at: Instant(milliseconds: 0), actor: .visitor)
            return PaperClaims.faults(in: text, [Recorded(version: 1, circumstances: circumstances, event: filed)])
        }
        let paid = FeePayment(amount: Money(dong: 16_000), receipt: nil)
        #expect(faults("Lệ phí: đã ghi nhận nộp 16.000 đồng, lúc 08:00", paid) == [])
        #expect(faults("Lệ phí: đã ghi nhận nộp 16.000 đồng, lúc 08:00", nil).count == 1)
        #expect(faults("Lệ phí: đã nộp 8.000 đồng", paid).count == 1)
        #expect(faults("hệ thống không ghi nhận khoản nào đã nộp", paid).count == 1)
        #expect(faults("hệ thống không ghi nhận khoản nào đã nộp cho hồ sơ này", nil) == [])
        #expect(faults("BẢN SỬA lúc 08:00, thay cho bản in trước lúc đó, nếu có", nil) == [])
        #expect(faults("BẢN SỬA lúc 08:00, thay cho bản in trước đó", nil).count == 1)
    }

    @Test func `is another one for another seed`() async throws {
        let one = try await report(.sqlite, dossiers: 20, seed: 1)
        let two = try await report(.sqlite, dossiers: 20, seed: 2)
        #expect(one.digest != two.digest)
    }

    @Test func `every procedure's form can be filled in by an invented person`() async throws {
        let book = try await CatalogueBook(
            database: try SQLiteDatabase.temporary(migrated: House.migrations),
            folder: "\(Installation.root)/Procedures"
        )
        let today = LocalDate(dayNumber: 20_780)
        for procedure in book.current.procedures.values {
            guard let form = procedure.revision(on: today)?.form else { continue }
            for seed in 0..<8 {
                var lot = Lot(seed: UInt64(seed))
                let checked = form.check(try form.filled(today: today, &lot), on: today)
                #expect(checked.errors == [], "\(procedure.code.rawValue)")
            }
        }
    }

    @Test func `a way that the national table does not have is found`() {
        let note = SealedText(text: ID(rawValue: "n"), digest: "")
        #expect(NationalTable.fault(in: [.filing(.accepted(due: nil))]) != nil)
        let filing = Filing(
            code: DossierCode(rawValue: "T-1234567")!,
            procedure: "1.000001",
            revision: 1,
            situation: nil,
            agency: DemoPeople.ward,
            channel: .online,
            returnBy: .online,
            applicant: nil,
            content: note,
            papers: [],
            steps: []
        )
        let filed = Dossier.Event.filing(.filed(filing: filing))
        #expect(
            NationalTable.fault(in: [filed, .filing(.accepted(due: nil)), .assignment(.handedOver(to: nil))]) == nil
        )
        #expect(NationalTable.fault(in: [filed, .assignment(.handedOver(to: nil))]) == "goes from state 1 to 4")
        #expect(
            NationalTable.fault(in: [filed, .filing(.refused(reason: note)), .filing(.accepted(due: nil))])
                == "goes from state 3 to 2"
        )
    }
}

extension SQLiteDatabase {
    fileprivate static func temporary(migrated migrations: [Migration]) async throws -> SQLiteDatabase {
        let database = try temporary()
        try await database.migrate(migrations)
        return database
    }
}
