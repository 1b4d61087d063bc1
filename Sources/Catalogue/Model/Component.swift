package import Web

/// A paper that belongs to the dossier (thành phần hồ sơ).
package struct Component: Codable, Hashable, Sendable {
    package let key: String
    package let name: Words
    package let help: Words?
    /// The cases that ask for it; empty means every case.
    package let cases: [String]
    package let required: Bool
    /// Numbers of originals and copies on paper, for counter and post.
    package let originals: Int
    package let copies: Int
    /// Whether a file may be uploaded for it.
    package let digital: Bool
    /// Only shown to the officer (xuất trình), never handed in.
    package let show: Bool
    /// Results of earlier procedures from which it may be taken instead.
    package let reuse: [String]
    /// This paper is the declaration that the electronic form fills: nobody uploads it.
    package let form: Bool

    package init(
        key: String,
        name: Words,
        help: Words?,
        cases: [String],
        required: Bool,
        originals: Int,
        copies: Int,
        digital: Bool,
        show: Bool,
        reuse: [String],
        form: Bool
    ) {
        self.key = key
        self.name = name
        self.help = help
        self.cases = cases
        self.required = required
        self.originals = originals
        self.copies = copies
        self.digital = digital
        self.show = show
        self.reuse = reuse
        self.form = form
    }
}
