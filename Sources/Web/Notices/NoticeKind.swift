/// What is told, such as that an appointment has to be planned anew. The slice that tells it owns the kind; how it is
/// worded is known to `Notifications` alone.
package struct NoticeKind: Hashable, Sendable {
    /// `appointment.displaced`: stored, so it is never changed.
    package let name: String
    /// What pages call it.
    package let title: Words
    /// What each notice of this kind has to tell.
    package let facts: [String: NoticeFact.Sort]
    /// To whom and what is forgotten as soon as it is settled; otherwise after a month.
    package let isFleeting: Bool

    package init(_ name: String, _ title: Words, _ facts: [String: NoticeFact.Sort], isFleeting: Bool = false) {
        (self.name, self.title, self.facts, self.isFleeting) = (name, title, facts, isFleeting)
    }
}
