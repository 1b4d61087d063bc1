import DossierCore
import Kernel
import Persistence
import Web

/// What papers say of payments and of earlier prints, held against what the log records.
enum PaperClaims {
    /// Claims in `text` that nothing in `history` has made true.
    static func faults(in text: String, _ history: [Recorded<Dossier.Event>]) -> [String] {
        let paid = paid(history).map(\.text)
        let claimed = text.matches(of: /(?:đã ghi nhận nộp|đã nộp|đã thu|đã thanh toán) ([0-9.]+ đồng)/).map {
            String($0.1)
        }
        var faults = claimed.filter { !paid.contains($0) }.map { "says that \($0) was paid" }
        if !paid.isEmpty, text.contains("không ghi nhận khoản nào đã nộp") {
            faults.append("says that nothing was paid")
        }
        // Prints are not recorded, so no paper may know of one.
        if text.replacing("bản in trước lúc đó, nếu có", with: "").contains(/bản in trước|đã in/) {
            faults.append("speaks of an earlier print")
        }
        return faults
    }

    /// Everything that is recorded as paid.
    static func paid(_ history: [Recorded<Dossier.Event>]) -> [Money] {
        var taken: Money?
        var (met, asked): ([Money], Money?) = ([], nil)
        for recorded in history {
            switch recorded.event {
            case .filing(.filed(let filing)): taken = filing.feePaid?.amount
            case .correction(.feeCorrected(_, let fee, _)): taken = fee?.amount
            case .obligation(.required(let amount, _)): asked = amount
            case .obligation(.met(_, let paid)): met += [paid?.amount ?? asked].compactMap(\.self)
            default: break
            }
        }
        return [taken].compactMap(\.self) + met
    }
}
