import Catalogue
import DossierCore
import Kernel
import Web

/// The papers that an officer has counted on the counter. Nothing is there until somebody says so: a tick means the
/// numbers of the list of papers, a number means itself.
struct CountedPapers {
    private(set) var papers: [FiledPaper] = []
    private(set) var errors: [FieldError] = []

    init(_ rules: FilingRules, _ form: FormData) {
        for component in rules.revision.components {
            let isTicked = form.all("got").contains(component.key)
            let expected = isTicked ? rules.papers([component.key]).first : nil
            let typed = ["originals", "copies"].map { form.filled("\($0)-\(component.key)") }
            let counts = zip(typed, [expected?.originals ?? 0, expected?.copies ?? 0]).map { typed, expected in
                typed.map { Quantity(typed: $0)?.number } ?? expected
            }
            guard let originals = counts[0], let copies = counts[1] else {
                errors.append(.numberOfPapers(component))
                continue
            }
            if originals + copies > 0 {
                papers.append(FiledPaper(component: component.key, originals: originals, copies: copies))
            }
        }
    }
}

extension FieldError {
    static func numberOfPapers(_ component: Component) -> FieldError {
        FieldError(
            "originals-\(component.key)",
            "Số bản của “\(component.name.vi)” phải từ 0 đến 99.",
            "The number of “\(component.name.en)” must be 0 to 99."
        )
    }
}
