import HTTPTypes
import Kernel
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Dossiers

/// Who may do what, and when: written down from the law's ways between the national states and from the roles of a
/// one-stop office, and compared with what the rules answer. Nothing here is computed by the rules.
///
/// The letters: R reception officer · C case officer · L leader · K clerk · T return officer. An auditor reads and an
/// administrator keeps accounts, so neither stands anywhere; nor does anybody of another agency or without a role.
///
/// The columns are the states 1–10, some of them seen at several moments:
/// `1` filed · `2` accepted · `4c` `4l` `4k` in process at the case officer, the leader (result prepared), the clerk ·
/// `4p` with another agency for its part, which alone passes it back (see `PassingTests`) ·
/// `5i` supplement asked before acceptance, `5` after · `6` payment due · `7` withdrawn · `8` stopped · `3` refused ·
/// `9` finished · `10` returned · `0` not filed · `x` cancelled, having been taken in by mistake.
///
/// `?` behind an act: the applicant has asked to withdraw. Nobody has been asked for an opinion here; who may give and
/// withdraw one is in `OpinionTests`. These dossiers came online, but for those of `entered`, and have no result yet at
/// `4c`; what is taken back is in `ResultTests`.
struct RightsTests {
    static let table = """
        act                  0   1   2   4c  4l  4k  4p  5i  5   6   9   10  3   7   8   x
        accept               -   R   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        refuse               -   R   -   -   -   -   -   R   -   -   -   -   -   -   -   -
        supplement           -   R   C   C   C   C   C   -   -   -   -   -   -   -   -   -
        receive-supplement   -   -   -   -   -   -   -   R   R   -   -   -   -   -   -   -
        hand-over            -   -   R   -   -   -   -   -   -   -   -   -   -   -   -   -
        take                 -   -   C   C   L   K   -   -   -   -   -   -   -   -   -   -
        assign               -   -   CL  CL  L   KL  -   -   -   -   -   -   -   -   -   -
        prepare-result       -   -   -   C   -   -   -   -   -   -   -   -   -   -   -   -
        complete-step        -   -   -   -   L   K   -   -   -   -   -   -   -   -   -   -
        send-back            -   -   -   -   L   K   -   -   -   -   -   -   -   -   -   -
        require-payment      -   -   C   C   C   C   C   -   -   -   -   -   -   -   -   -
        confirm-payment      -   -   -   -   -   -   -   -   -   RCK -   -   -   -   -   -
        return               -   -   -   -   -   -   -   -   -   -   T   -   -   -   -   -
        give-number          -   -   -   -   -   K   -   -   -   -   -   -   -   -   -   -
        add-signed           -   -   -   -   -   K   -   -   -   -   K   -   -   -   -   -
        take-back-return     -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        correct-answers      -   R   R   C   -   -   -   R   C   C   -   -   -   -   -   -
        correct-channel      -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        correct-papers       -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        correct-fee          -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        correct-return       -   R   R   R   R   R   R   R   R   R   R   -   -   -   -   -
        cancel-intake        -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        extend               -   -   L   L   L   L   L   -   -   -   -   -   -   -   -   -
        apologise-late       -   -   L   L   L   L   L   -   -   -   -   -   -   -   -   -
        open-correction      -   -   -   -   -   -   -   -   -   -   L   L   -   -   -   -
        pass                 -   -   -   CL  L   KL  -   -   -   -   -   -   -   -   -   -
        pass-back            -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        recall               -   -   -   -   -   -   CL  -   -   -   -   -   -   -   -   -
        ask-opinions         -   -   CL  CL  L   KL  -   -   -   -   -   -   -   -   -   -
        give-opinion         -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        withdraw-opinion     -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        stop                 -   -   L   L   -   -   L   L   L   L   -   -   -   -   -   -
        record-call          -   RCLKT RCLKT RCLKT RCLKT RCLKT RCLKT RCLKT RCLKT RCLKT RCLKT RCLKT RCLKT RCLKT RCLKT RCLKT
        confirm-withdrawal   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        decline-withdrawal   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        confirm-withdrawal?  -   R   R   R   -   -   R   R   R   R   -   -   -   -   -   -
        decline-withdrawal?  -   R   R   R   -   -   R   R   R   R   -   -   -   -   -   -
        """

    /// What came over the counter: the same columns, and the acts that put an intake right.
    static let entered = """
        act                  0   1   2   4c  4l  4k  4p  5i  5   6   9   10  3   7   8   x
        correct-channel      -   R   R   -   -   -   -   -   -   -   -   -   -   -   -   -
        correct-papers       -   R   R   C   -   -   -   R   C   C   -   -   -   -   -   -
        correct-fee          -   R   R   R   R   R   R   R   R   R   R   -   -   -   -   -
        correct-return       -   R   R   R   R   R   R   R   R   R   R   -   -   -   -   -
        cancel-intake        -   R   R   -   -   -   -   -   -   -   -   -   -   -   -   -
        accept               -   R   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        stop                 -   -   L   L   -   -   L   L   L   L   -   -   -   -   -   -
        """

    /// The applicant's own acts, by `A`; by nobody else, and by no officer.
    static let applicants = """
        act                  0   1   2   4c  4l  4k  4p  5i  5   6   9   10  3   7   8   x
        file                 A   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
        answer               -   -   -   -   -   -   -   A   A   -   -   -   -   -   -   -
        withdraw             -   A   A   A   -   -   A   A   A   A   -   -   -   -   -   -
        choose-return        -   A   A   A   A   A   A   A   A   A   A   -   -   -   -   -
        collect-online       -   -   -   -   -   -   -   -   -   -   A   A   -   -   -   -
        """

    static let letters: [(letter: Character, role: Role)] = [
        ("R", .reception), ("C", .caseOfficer), ("L", .leader), ("K", .clerk), ("T", .returns), ("A", .auditor),
        ("Q", .admin),
    ]

    /// What has happened to a dossier that stands in a column, and to one that came over the counter.
    static let pasts = pasts(of: DossierTests.filing())
    static let countersPasts = pasts(of: DossierTests.filing(.counter, returnBy: .counter, applicant: nil))

    private static func pasts(of filing: Filing) -> [String: [Dossier.Event]] {
        let note = DossierTests.note
        let asked = Dossier.Event.supplement(.requested(items: [], reason: note, answerBy: nil, ground: nil))
        let filed = [Dossier.Event.filing(.filed(filing: filing))]
        let accepted = filed + [.filing(.accepted(due: DossierTests.due))]
        let examined = accepted + [.assignment(.handedOver(to: nil))]
        let prepared = examined + [.result(.prepared(outcome: .denied, files: [], explanation: note))]
        let signing = prepared + [.processing(.stepCompleted(step: 1, remark: nil))]
        let issuing = signing + [.processing(.stepCompleted(step: 2, remark: nil))]
        let finished =
            issuing + [.processing(.stepCompleted(step: 3, remark: nil)), .result(.finished(outcome: .denied))]
        return [
            "0": [], "1": filed, "2": accepted, "4c": examined, "4l": signing, "4k": issuing,
            "4p": examined + [.passage(.passed(to: ID(rawValue: "doi-can"), request: note, due: DossierTests.due))],
            "5i": filed + [asked],
            "5": examined + [asked],
            "6": examined + [.obligation(.required(amount: Money(dong: 1), ground: note))], "9": finished,
            "10": finished + [.result(.returned(method: .online))], "3": filed + [.filing(.refused(reason: note))],
            "7": filed + [.withdrawal(.asked(reason: nil)), .withdrawal(.withdrawn)],
            "8": accepted + [.processing(.stopped(reason: note))],
            // Who filed online is not cancelled by others.
            "x": [
                .filing(.filed(filing: DossierTests.filing(.counter, returnBy: .counter, applicant: nil))),
                .filing(.accepted(due: DossierTests.due)), .correction(.intakeCancelled(reason: note)),
            ],
        ]
    }

    /// The rows of a table: an act, and who may do it in each column.
    static func rows(_ table: String) -> [(act: String, cells: [(column: String, who: Set<Character>)])] {
        let lines = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let columns = lines[0].dropFirst()
        return lines.dropFirst().map { line in
            (line[0], zip(columns, line.dropFirst()).map { ($0, Set($1).subtracting(["-"])) })
        }
    }

    @Test
    func `the tables speak of every act and every state`() {
        let acts = Set(Self.rows(Self.table).map { $0.act.replacing("?", with: "") })
        for act in Acts.all {
            #expect(acts.contains(act.key), "“\(act.key)” has no row: say who may do it, and when")
        }
        #expect(Set(Self.pasts.values.map { Dossier(replaying: $0).stage }) == Set(Stage.allCases))
        for table in [Self.table, Self.entered, Self.applicants] {
            for row in Self.rows(table) { #expect(Set(row.cells.map(\.column)) == Set(Self.pasts.keys), "\(row.act)") }
        }
    }

    private static func dossier(_ events: [Dossier.Event]?, withdrawalIsAsked: Bool = false) -> Dossier {
        let past = Dossier(replaying: events ?? [])
        guard withdrawalIsAsked, past.stage.isOpen else { return past }
        return Dossier(replaying: (events ?? []) + [.withdrawal(.asked(reason: nil))])
    }

    private static func allows(_ act: String, on dossier: Dossier, by officer: ActingOfficer) -> Bool {
        act == "prepare-result"
            ? PrepareResult().isPossible(on: dossier, by: officer)
            : Acts.all.contains { $0.key == act && $0.isOffered(on: dossier, by: officer) }
    }

    @Test(arguments: rows(table))
    func `an officer may do what the table says and nothing else`(
        row: (act: String, cells: [(column: String, who: Set<Character>)])
    ) {
        check(row, on: Self.pasts)
    }

    @Test(arguments: rows(entered))
    func `an officer may put right what came over the counter as the table says and nothing else`(
        row: (act: String, cells: [(column: String, who: Set<Character>)])
    ) {
        check(row, on: Self.countersPasts)
    }

    private func check(
        _ row: (act: String, cells: [(column: String, who: Set<Character>)]),
        on pasts: [String: [Dossier.Event]]
    ) {
        let act = row.act.replacing("?", with: "")
        for (column, who) in row.cells {
            let dossier = Self.dossier(pasts[column], withdrawalIsAsked: row.act.hasSuffix("?"))
            for (letter, role) in Self.letters {
                let officer = ActingOfficer(id: ID(rawValue: "x"), agency: DossierTests.justice, roles: [role])
                #expect(
                    Self.allows(act, on: dossier, by: officer) == who.contains(letter),
                    "\(role.rawValue) \(who.contains(letter) ? "may not" : "may") \(row.act) in \(column)"
                )
            }
            let nobody = ActingOfficer(id: ID(rawValue: "x"), agency: DossierTests.justice, roles: [])
            #expect(!Self.allows(act, on: dossier, by: nobody), "nobody may \(row.act) in \(column)")
            // Whoever holds every role elsewhere holds none here.
            #expect(!Self.allows(act, on: dossier, by: DossierTests.stranger), "a stranger may \(row.act) in \(column)")
        }
    }

    @Test(arguments: rows(applicants))
    func `an applicant may do what the table says, and another citizen nothing`(
        row: (act: String, cells: [(column: String, who: Set<Character>)])
    ) {
        for (column, who) in row.cells {
            let dossier = Self.dossier(Self.pasts[column])
            #expect(Self.allows(row.act, on: dossier, by: DossierTests.lan) == !who.isEmpty, "\(row.act) in \(column)")
            // Anybody files; what is filed is the filer's.
            let isAnybodys = row.act == "file" && !who.isEmpty
            #expect(
                Self.allows(row.act, on: dossier, by: DossierTests.minh) == isAnybodys,
                "another: \(row.act) in \(column)"
            )
        }
    }

    private static func allows(_ act: String, on dossier: Dossier, by citizen: ID<Citizen>) -> Bool {
        let command: Dossier.Command? =
            switch act {
            case "file": .file(DossierTests.filing(applicant: citizen))
            case "answer":
                .supplement(by: citizen, answers: [], message: nil, due: nil)
            case "withdraw": .askWithdrawal(by: citizen, reason: nil)
            case "choose-return": .chooseReturn(by: citizen, method: .counter)
            case "collect-online": .collectOnline(by: citizen)
            default: nil
            }
        guard let command else { return false }
        do throws(Dossier.Refusal) {
            _ = try dossier.decide(command)
            return true
        } catch {
            return false
        }
    }

    /// The doors before the rules: what they forbid is not even decided.
    @Test
    func `administrators, strangers, citizens and passers-by get no act through the door`() async throws {
        try await House.open(on: .sqlite) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            let visitors: [(Browser, Int)] = [
                (try await house.officer(.admin), 403), (try await house.stranger(), 404), (lan, 403),
                (house.browser(), 401),
            ]
            for (visitor, status) in visitors {
                for act in Acts.all {
                    let answer = try await visitor.api(
                        .post,
                        "/api/v1/work/dossiers/\(id)/acts/\(act.key)",
                        #"{"text":"x","amount":1000,"method":"counter"}"#
                    )
                    #expect(answer.status == status, "\(act.key) answers \(answer.status)")
                }
                let result = try await visitor.send(
                    .post,
                    "/api/v1/work/dossiers/\(id)/result",
                    [.field("outcome", "denied"), .field("text", "x")]
                )
                #expect(result.status == status)
            }
            #expect(try await house.stage(id) == .filed)
        }
    }
}
