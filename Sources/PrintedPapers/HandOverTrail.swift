import Documents
import DossierCore
import Kernel
import Persistence
import Web

/// Who gave a dossier to whom: the rows of the control slip, told from its history.
struct HandOverTrail {
    let calendar: WorkingCalendar
    let names: [ID<Officer>: String]
    let applicant: String
    /// What the agencies are called to which it was passed.
    let agencies: [ID<Agency>: String]

    private(set) var handOvers: [HandOverFacts] = []
    /// When the clock stood still.
    private(set) var pauses: [String] = []

    private var dossier = Dossier()
    /// Since when the giver of the next hand-over has had it.
    private var heldSince = Instant(milliseconds: 0)
    /// Working minutes that the applicant has taken since.
    private var waited = 0
    private var waitsSince: Instant?
    private var finishedAt: Instant?
    /// By when the other agency's part is wanted.
    private var partDue: Instant?
    /// In whose place the officer of the event acted.
    private var absent: ID<Officer>?

    init(
        _ history: [Recorded<Dossier.Event>],
        applicant: String,
        names: [ID<Officer>: String],
        calendar: WorkingCalendar,
        agencies: [ID<Agency>: String] = [:]
    ) {
        self.calendar = calendar
        self.agencies = agencies
        self.names = names
        self.applicant = applicant
        for recorded in history {
            follow(recorded)
            dossier.evolve(recorded.event)
        }
        if let waitsSince { pauses.append("Từ \(spelled(waitsSince)): đang chờ người nộp hồ sơ") }
    }

    private mutating func follow(_ recorded: Recorded<Dossier.Event>) {
        let (at, actor) = (recorded.circumstances.at, recorded.circumstances.actor)
        absent = recorded.circumstances.standingInFor
        note(recorded.event.happening.clock, at: at)
        switch recorded.event {
        case .filing(.filed): heldSince = at
        case .filing(.accepted): take(over: at)
        case .assignment(.handedOver(let receiver)):
            let planned = dossier.steps.first { $0.role == .reception }?.hours
            add(Role.reception.unit, to: dossier.currentRole.unit, at, giver: name(actor), receiver, within: planned)
        case .assignment(.assigned(let receiver)): assign(to: receiver, at, by: actor)
        case .processing(.stepCompleted(let step, _, _, _)):
            let next = step + 1 < dossier.steps.count ? dossier.steps[step + 1].role : .returns
            let planned = dossier.steps.indices.contains(step) ? dossier.steps[step].hours : nil
            add(dossier.currentRole.unit, to: next.unit, at, giver: name(actor), nil, within: planned)
        case .processing(.sentBack(let step, _)):
            let previous = dossier.steps.indices.contains(step) ? dossier.steps[step].role : .caseOfficer
            add(dossier.currentRole.unit, to: previous.unit, at, giver: name(actor), nil, note: "Trả lại bước trước")
        case .result(.finished): finishedAt = at
        case .result(.returned(let method, _, _)):
            if let last = handOvers.indices.last, handOvers[last].receiver.isEmpty, case .officer = actor {
                handOvers[last].receiver = name(actor)
            }
            // What the applicant fetches online is handed to them by nobody.
            let giver = if case .citizen = actor { Self.system } else { name(actor) }
            let to = method == .post ? "Bưu điện (dịch vụ bưu chính công ích)" : "Người nộp hồ sơ"
            add(Role.returns.unit, to: to, at, giver: giver, note: method.words.vi)
            let last = handOvers.count - 1
            // Who took it at the post or in the applicant's place is on no record of this list: left to the pen.
            if method == .online { handOvers[last].receiver = applicant }
            // What counts is when the result was there, not when somebody came for it.
            if let due = dossier.due { handOvers[last].timeliness = timeliness(of: finishedAt ?? at, due: due) }
        case .result(.returnTakenBack): if !handOvers.isEmpty { handOvers.removeLast() }
        case .passage(.passed(let agency, _, let due)):
            add(
                unit,
                to: agencies[agency] ?? "Cơ quan phối hợp",
                at,
                giver: name(actor),
                note: "Chuyển phối hợp giải quyết"
            )
            partDue = due
        case .passage(.passedBack): passBack(at, by: name(actor), note: "Trả lời phối hợp")
        case .passage(.recalled): passBack(at, by: name(actor), note: "Rút lại")
        default: break
        }
    }

    private mutating func note(_ turn: ClockTurn?, at: Instant) {
        switch turn {
        case .stops: waitsSince = at
        case .goesOn(let wait): resume(at, wait)
        case .begins, .putOff, .recounted, nil: break
        }
    }

    /// The part of an agency with which the dossier is, or the other agency.
    private var unit: String {
        dossier.passage.map { agencies[$0.agency] ?? "Cơ quan phối hợp" } ?? dossier.currentRole.unit
    }

    private mutating func passBack(_ at: Instant, by giver: String, note: String) {
        var home = dossier
        home.comeHome()
        add(unit, to: home.currentRole.unit, at, giver: giver, home.holder, note: note)
        if let partDue { handOvers[handOvers.count - 1].timeliness = timeliness(of: at, due: partDue) }
        partDue = nil
    }

    /// Whoever takes a dossier that lies for everybody is the receiver of the hand-over that brought it there.
    private mutating func assign(to receiver: ID<Officer>, _ at: Instant, by actor: Actor) {
        if let last = handOvers.indices.last, handOvers[last].receiver.isEmpty {
            handOvers[last].receiver = names[receiver] ?? ""
            return
        }
        guard dossier.holder != receiver else { return }
        let giver = giver(of: dossier.holder, by: actor)
        let from = dossier.stage == .accepted ? Role.reception.unit : unit
        add(from, to: unit, at, giver: giver, receiver, note: "Phân công")
    }

    /// Whoever holds it gives it; when somebody else moves it, as from the desk of a colleague who is away, that person does.
    private func giver(of holder: ID<Officer>?, by actor: Actor) -> String {
        guard let holder, let held = names[holder] else { return name(actor) }
        if case .officer(let id) = actor, id != holder { return "\(name(actor)) (chuyển từ \(held))" }
        return held
    }

    private mutating func add(
        _ from: String,
        to unit: String,
        _ at: Instant,
        giver: String,
        _ receiver: ID<Officer>? = nil,
        within hours: Int? = nil,
        note: String = ""
    ) {
        // Whoever goes on with what lay for everybody has received it, even without a word of taking it.
        if let last = handOvers.indices.last, handOvers[last].receiver.isEmpty, handOvers[last].to == from {
            handOvers[last].receiver = giver
        }
        handOvers.append(
            HandOverFacts(
                from: from,
                to: unit,
                at: at.localMinute,
                giver: giver,
                receiver: receiver.flatMap { names[$0] } ?? "",
                timeliness: hours.flatMap { $0 > 0 ? timeliness(of: at, due: planned($0)) : nil },
                note: note
            )
        )
        take(over: at)
    }

    private mutating func take(over at: Instant) { (heldSince, waited) = (at, 0) }

    private func planned(_ hours: Int) -> Instant {
        calendar.adding(workingMinutes: hours * 60 + waited, to: heldSince)
    }

    /// On time is what is done on the last day, in good time what is done before it.
    private func timeliness(of done: Instant, due: Instant) -> HandOverFacts.Timeliness {
        if done > due { return .late }
        return done.localDate == due.localDate ? .onTime : .early
    }

    private mutating func resume(_ at: Instant, _ reason: String) {
        guard let since = waitsSince else { return }
        waitsSince = nil
        waited += calendar.workingMinutes(from: since, to: at)
        pauses.append("Từ \(spelled(since)) đến \(spelled(at)): \(reason)")
    }

    private func spelled(_ instant: Instant) -> String { instant.localMinute.vietnamese }

    private func name(_ actor: Actor) -> String {
        switch actor {
        case .officer(let id):
            [names[id] ?? "", absent.flatMap { names[$0] }.map { "(thay cho \($0))" } ?? ""]
                .filter { !$0.isEmpty }.joined(separator: " ")
        case .citizen: applicant
        case .helper: "\(applicant) (người hỗ trợ làm thay)"
        case .visitor, .system: Self.system
        }
    }

    private static let system = "Hệ thống"
}

extension Role {
    /// The part of an agency in which the role serves, as papers name it.
    var unit: String {
        switch self {
        case .reception, .returns: "Bộ phận Tiếp nhận và Trả kết quả"
        case .caseOfficer: "Bộ phận chuyên môn"
        case .leader: "Lãnh đạo cơ quan"
        case .clerk: "Văn thư"
        case .auditor: "Bộ phận kiểm tra"
        case .admin: "Bộ phận quản trị"
        }
    }
}
