package import Kernel

/// An event as followers meet it, not yet knowing whose it is.
package struct StoredEvent: Sendable {
    package let position: Int
    let tx: Int
    /// Category and id, such as `dossier/01j…`.
    package let stream: String
    package let version: Int
    package let circumstances: Circumstances
    package let payload: String

    /// The event and whose it is, when it is one of `A`; nil when it is another's.
    package func read<A: Aggregate>(_ type: A.Type) throws -> (id: ID<A>, recorded: Recorded<A.Event>)? {
        guard stream.hasPrefix(A.category) else { return nil }
        let event = try StoredForm.value(A.Event.self, from: payload)
        return (
            ID(rawValue: String(stream.dropFirst(A.category.count))),
            Recorded(version: version, circumstances: circumstances, event: event)
        )
    }
}
