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
        GiveNumber(),
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
        CorrectPapers(),
        CorrectFee(),
        CorrectReturn(),
        CorrectChannel(),
        OpenCorrection(),
        Refuse(),
        Stop(),
        CancelIntake(),
        WithdrawOpinion(),
        RecordCall(),
    ]

    /// Those that can be done with several dossiers of a list at once, the likeliest first.
    static let several: [any BulkAct] = [HandOver(), CompleteStep(), Take(), ReturnResult()]

    /// Those by which a dossier comes nearer to its end; the others correct it, ask about it or give it to a colleague.
    private static let onward: [any OfficerAct] = [
        ConfirmWithdrawal(), DeclineWithdrawal(), Accept(), HandOver(), PrepareResult(), CompleteStep(), ReturnResult(),
        ConfirmPayment(), ReceiveSupplement(), PassBack(),
    ]

    /// Whether `officer` can do what has to be done next.
    static func carriesOn(_ dossier: Dossier, by officer: ActingOfficer, at now: Instant) -> Bool {
        onward.contains { $0.isOffered(on: dossier, by: officer) && $0.isTimely(for: dossier, at: now) }
    }

    static func named(_ key: String) -> (any OfficerAct)? { all.first { $0.key == key } }

    /// The acts that the rules allow `officer` at this moment; without `rules` also those that the procedure may not know.
    static func offered(
        on dossier: Dossier,
        by officer: ActingOfficer,
        at now: Instant,
        under rules: FilingRules? = nil
    ) -> [any OfficerAct] {
        all.filter { act in
            act.isOffered(on: dossier, by: officer) && act.isTimely(for: dossier, at: now)
                && rules.map { act.applies(to: dossier, under: $0) } ?? true
        }
    }
}
