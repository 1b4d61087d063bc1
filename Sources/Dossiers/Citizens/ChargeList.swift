import Markup
import PrintedPapers
import Web

extension Charges {
    /// The lines one under the other.
    func list(_ say: Language) -> HTML {
        "\(lines.enumerated().map { index, line -> HTML in index == 0 ? "\(say(line))" : "<br>\(say(line))" })"
    }
}
