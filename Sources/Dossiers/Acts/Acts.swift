import DossierCore
import Kernel

/// What officers do with dossiers.
enum Acts {
    /// Every act, the likeliest first: in this order they are offered.
    static let all: [any OfficerAct] = [
        GiveOpinion(),
        ConfirmWithdrawal(),
        DeclineWithdrawal(),
        Accept(),
        HandOver(),
        Take(),
        CompleteStep(),
        AddSigned(),
        ReturnResult(),
        TakeBackReturn(),
        ConfirmPayment(),
        ReceiveSupplement(),
        RequestSupplement(),
        Assign(),
        SendBack(),
        RequirePayment(),
        PassBack(),
        AskOpinions(),
        Pass(),
        Recall(),
        Extend(),
        ApologiseLate(),
        CorrectAnswers(),
        CorrectChannel(),
        OpenCorrection(),
        Refuse(),
        Stop(),
        CancelIntake(),
        WithdrawOpinion(),
    ]

    /// Those that can be done with several dossiers of a list at once, the likeliest first.
    static let several: [any BulkAct] = [HandOver(), CompleteStep(), Take(), ReturnResult()]

    static func named(_ key: String) -> (any OfficerAct)? { all.first { $0.key == key } }

    /// The acts that the rules allow `officer` at this moment.
    static func offered(on dossier: Dossier, by officer: ActingOfficer, at now: Instant) -> [any OfficerAct] {
        all.filter { $0.isOffered(on: dossier, by: officer) && $0.isTimely(for: dossier, at: now) }
    }
}
