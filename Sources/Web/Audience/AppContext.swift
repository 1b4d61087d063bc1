package import Hummingbird

/// A context of any audience: whatever a page frame needs is in its visit.
package protocol AudienceContext: RequestContext {
    var visit: Visit { get }
}

extension AudienceContext {
    package var language: Language { visit.language }
    package var identity: Identity? { visit.identity }
    package var csrf: String { visit.csrf }
    package var requestID: String { visit.requestID }
    package var path: String { visit.path }
    /// The address of a file in `Public`, such as `app.css`, with the hash of its content.
    package func asset(_ name: String) -> String { visit.assets.path(of: name) }
}

/// A request of anybody, signed in or not.
package struct AppContext: AudienceContext {
    package var coreContext: CoreRequestContextStorage
    package var visit = Visit()

    package init(source: Source) {
        coreContext = .init(source: source)
        visit.address = source.channel.remoteAddress?.ipAddress ?? ""
    }

    package var identity: Identity? {
        get { visit.identity }
        set { visit.identity = newValue }
    }
}
