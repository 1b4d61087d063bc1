package import Hummingbird

/// What went wrong, as RFC 9457 has it: one shape for programs and, as a page, for people.
package struct Problem: Error, Equatable, Sendable {
    /// Names the kind of problem for programs; becomes `/problems/<slug>`.
    package let slug: String
    package let vi: String
    package let en: String
    package let status: HTTPResponse.Status
    package let errors: [FieldError]
    /// Headers the answer must carry, such as `Retry-After`.
    package var headers: HTTPFields = [:]
    /// Where the page offers to go on; the home page when nil.
    package var way: Way?

    /// A link by which people can mend what went wrong.
    package struct Way: Equatable, Sendable {
        package let words: Words
        package let path: String

        package init(_ words: Words, _ path: String) {
            self.words = words
            self.path = path
        }
    }

    package init(
        _ slug: String,
        _ vi: String,
        _ en: String,
        _ status: HTTPResponse.Status,
        errors: [FieldError] = []
    ) {
        self.slug = slug
        self.vi = vi
        self.en = en
        self.status = status
        self.errors = errors
    }
}

/// An error that knows how it should be told to whoever caused it.
package protocol ProblemConvertible: Error {
    var problem: Problem { get }
}
