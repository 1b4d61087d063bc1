import Documents
import Kernel
import Persistence
import Testing
import Web

@testable import DossierCore
@testable import PrintedPapers

/// The rows of the control slip, from events alone.
struct HandOverTrailTests {
    private let names: [ID<Officer>: String] = [
        Room.hoa.id: "Hoa", Room.binh.id: "Bình", Room.dung.id: "Dũng", Room.mai.id: "Mai", Room.tam.id: "Tâm",
    ]

    private func at(_ minute: String) throws -> Instant { Instant(try #require(LocalMinute(rawValue: minute))) }

    /// What happened, when, and through whom; a day without holidays everywhere.
    private func trail(
        _ happened: [(String, ActingOfficer?, Dossier.Event)],
        agencies: [ID<Agency>: String] = [:]
    ) throws -> HandOverTrail {
        let history = try happened.enumerated().map { index, step in
            let actor: Actor = step.1.map { .officer(id: $0.id) } ?? .citizen(id: Room.lan)
            return Recorded(
                version: index + 1,
                circumstances: Circumstances(at: try at(step.0), actor: actor),
                event: step.2
            )
        }
        return HandOverTrail(
            history,
            applicant: "Nguyễn Thị Lan",
            names: names,
            calendar: WorkingCalendar(days: CalendarDays()),
            agencies: agencies
        )
    }

    private var filing: Filing {
        Filing(
            code: DossierCode(stored: "H26.19-260316-0001"),
            procedure: "1.000001",
            revision: 0,
            situation: nil,
            agency: Room.justice,
            channel: .counter,
            returnBy: .counter,
            applicant: nil,
            content: SealedText(text: ID(rawValue: "t"), digest: "d"),
            papers: [],
            steps: Room.steps
        )
    }

    @Test
    func `every hand-over is a row: who gave it, who took it, and whether the giver kept to the plan`() throws {
        let due = try at("2026-03-27T17:30")
        let trail = try trail([
            ("2026-03-16T08:00", Room.hoa, .filing(.filed(filing: filing))),
            ("2026-03-16T08:05", Room.hoa, .filing(.accepted(due: due))),
            ("2026-03-16T09:00", Room.hoa, .assignment(.handedOver(to: nil))),
            ("2026-03-16T10:00", Room.binh, .assignment(.assigned(to: Room.binh.id))),
            ("2026-03-18T15:00", Room.binh, .processing(.stepCompleted(step: 1, remark: nil))),
            ("2026-03-20T16:00", Room.dung, .processing(.stepCompleted(step: 2, remark: nil))),
            ("2026-03-20T17:00", Room.mai, .processing(.stepCompleted(step: 3, remark: nil))),
            ("2026-03-20T17:00", Room.mai, .result(.finished(outcome: .granted))),
            ("2026-03-23T09:00", Room.tam, .result(.returned(method: .counter))),
        ])
        let expected: [(from: String, to: String, giver: String, receiver: String, HandOverFacts.Timeliness?)] = [
            // Two hours were planned for reception and an hour was used, on the day on which they end.
            ("Bộ phận Tiếp nhận và Trả kết quả", "Bộ phận chuyên môn", "Hoa", "Bình", .onTime),
            ("Bộ phận chuyên môn", "Lãnh đạo cơ quan", "Bình", "Dũng", .early),
            // A day was planned for the signature.
            ("Lãnh đạo cơ quan", "Văn thư", "Dũng", "Mai", .late),
            ("Văn thư", "Bộ phận Tiếp nhận và Trả kết quả", "Mai", "Tâm", .early),
            ("Bộ phận Tiếp nhận và Trả kết quả", "Người nộp hồ sơ", "Tâm", "", .early),
        ]
        #expect(trail.handOvers.count == expected.count)
        for (row, wanted) in zip(trail.handOvers, expected) {
            #expect(row.from == wanted.from && row.to == wanted.to)
            #expect(row.giver == wanted.giver && row.receiver == wanted.receiver)
            #expect(row.timeliness == wanted.4, "from \(row.from)")
        }
        #expect(trail.pauses == [])
    }

    @Test
    func `what the applicant takes for a supplement is not held against the officer`() throws {
        let wait = ("2026-03-16T10:00", "2026-03-30T10:00")
        let trail = try trail([
            ("2026-03-16T08:00", Room.hoa, .filing(.filed(filing: filing))),
            ("2026-03-16T08:05", Room.hoa, .filing(.accepted(due: nil))),
            ("2026-03-16T09:00", Room.hoa, .assignment(.handedOver(to: Room.binh.id))),
            (
                wait.0, Room.binh,
                .supplement(
                    .requested(
                        items: [],
                        reason: SealedText(text: ID(rawValue: "q"), digest: "d"),
                        answerBy: nil,
                        ground: nil
                    )
                )
            ),
            (wait.1, nil, .supplement(.answered(answers: [], message: nil, due: nil))),
            ("2026-04-01T09:00", Room.binh, .processing(.stepCompleted(step: 1, remark: nil))),
        ])
        #expect(trail.handOvers.map(\.receiver) == ["Bình", ""])
        #expect(trail.handOvers.last?.timeliness == .early)
        #expect(trail.pauses == ["Từ 10:00 16/03/2026 đến 10:00 30/03/2026: chờ bổ sung hồ sơ"])
    }

    @Test
    func `another agency stands in the slip with its name, who took it there, and whether it answered in time`() throws
    {
        let note = SealedText(text: ID(rawValue: "r"), digest: "d")
        let partner = Room.elsewhere
        let vy = Room.officer("vy", in: partner, .caseOfficer)
        let trail = try trail(
            [
                ("2026-03-16T08:00", Room.hoa, .filing(.filed(filing: filing))),
                ("2026-03-16T08:05", Room.hoa, .filing(.accepted(due: nil))),
                ("2026-03-16T09:00", Room.hoa, .assignment(.handedOver(to: Room.binh.id))),
                (
                    "2026-03-16T10:00", Room.binh,
                    .passage(.passed(to: partner, request: note, due: try at("2026-03-18T17:00")))
                ),
                ("2026-03-17T08:30", vy, .assignment(.assigned(to: Room.tam.id))),
                ("2026-03-19T09:00", vy, .passage(.passedBack(answer: note, files: []))),
                ("2026-03-19T10:00", Room.binh, .processing(.stepCompleted(step: 1, remark: nil))),
            ],
            agencies: [partner: "Sở Tư pháp Đà Nẵng"]
        )
        #expect(
            trail.handOvers.map(\.to) == [
                "Bộ phận chuyên môn", "Sở Tư pháp Đà Nẵng", "Bộ phận chuyên môn", "Lãnh đạo cơ quan",
            ]
        )
        #expect(trail.handOvers.map(\.receiver) == ["Bình", "Tâm", "Bình", ""])
        #expect(trail.handOvers[2].from == "Sở Tư pháp Đà Nẵng" && trail.handOvers[2].timeliness == .late)
        #expect(trail.handOvers.map(\.note) == ["", "Chuyển phối hợp giải quyết", "Trả lời phối hợp", ""])
    }

    @Test
    func `sending back and giving to somebody else are rows of their own`() throws {
        let remark = SealedText(text: ID(rawValue: "r"), digest: "d")
        let trail = try trail([
            ("2026-03-16T08:00", Room.hoa, .filing(.filed(filing: filing))),
            ("2026-03-16T08:05", Room.hoa, .filing(.accepted(due: nil))),
            ("2026-03-16T09:00", Room.hoa, .assignment(.handedOver(to: Room.binh.id))),
            ("2026-03-16T09:30", Room.dung, .assignment(.assigned(to: Room.mai.id))),
            ("2026-03-16T09:40", Room.mai, .assignment(.assigned(to: Room.mai.id))),
            ("2026-03-17T09:00", Room.mai, .processing(.stepCompleted(step: 1, remark: nil))),
            ("2026-03-17T10:00", Room.dung, .processing(.sentBack(step: 1, remark: remark))),
        ])
        #expect(trail.handOvers.map(\.note) == ["", "Phân công", "", "Trả lại bước trước"])
        #expect(trail.handOvers[1].giver == "Dũng (chuyển từ Bình)" && trail.handOvers[1].receiver == "Mai")
        #expect(trail.handOvers[3].from == "Lãnh đạo cơ quan" && trail.handOvers[3].to == "Bộ phận chuyên môn")
    }
}
