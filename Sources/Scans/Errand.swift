package import Kernel

/// What is to be found out about strangers' files, or made of them.
package enum Errand: Codable, Equatable, Sendable {
    /// What each page of a pile is.
    case sheets
    /// A PDF of `count` pages of a pile from `first`, counted from 1.
    case pages(first: Int, count: Int)
    /// A small picture, a PNG, of the page with this index.
    case picture(page: Int, longSide: Int)
    /// One PDF of photos, a page each.
    case album(title: String, created: Instant)

    /// A JPEG of the one photo, which is of a kind that browsers do not show.
    case jpeg

    /// Whether somebody sits before a page and waits for it; what nobody waits for leaves a place to those who do.
    package var isAwaited: Bool {
        switch self {
        case .sheets, .pages: false
        case .picture, .album, .jpeg: true
        }
    }

    /// How long it may take altogether, on a machine that has other work too.
    func patience(files: Int) -> Duration {
        switch self {
        // More than half a second for each of the most pages.
        case .sheets: .seconds(300)
        case .pages: .seconds(60)
        case .picture: .seconds(10)
        case .jpeg: .seconds(20)
        // A photo of fifty megapixels takes under two seconds.
        case .album: .seconds(min(60, 10 + 2 * files))
        }
    }

    /// How long nothing may be heard of it. A pile tells of every page; one page that takes longer is none that a
    /// scanner makes.
    var longestSilence: Duration { self == .sheets ? .seconds(20) : .seconds(60) }
}

/// What came of an errand.
package enum Finding: Equatable, Sendable {
    case sheets([PileSheet])
    case file([UInt8])
}

/// For whom a file is read. Every route that has files read knows its person, so there is no case for a stranger.
package enum Asker: Hashable, Sendable {
    case citizen(ID<Citizen>)
    case officer(ID<Officer>)
}

/// How far the reader of a pile has come.
package struct PileProgress: Codable, Equatable, Sendable {
    package let read: Int
    package let pages: Int

    package init(read: Int, of pages: Int) {
        self.read = read
        self.pages = pages
    }
}
