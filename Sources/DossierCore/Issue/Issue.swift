package import Kernel

/// What the clerk gives a result: its number, the day, and who has signed it.
package struct Issue: Equatable, Sendable {
    package let number: String
    package let date: LocalDate
    package let signer: ID<Officer>?

    package init(number: String, date: LocalDate, signer: ID<Officer>?) {
        self.number = number
        self.date = date
        self.signer = signer
    }
}
