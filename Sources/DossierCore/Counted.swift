/// What the daily numbers count.
package enum Counted: String, CaseIterable, Sendable { case filed, accepted, finished, returned }
