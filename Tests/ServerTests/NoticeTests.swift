import DossierNews
import OneStop
import Testing
import Web

@testable import Notifications

/// Slices own what is told, and `Notifications` how: here the two are held against each other.
@Suite struct `What slices tell and how it is worded` {
    private static let kinds = OneStop.notices + DossierNews.notices

    @Test(arguments: kinds)
    func `every kind of notice is worded with what it tells`(kind: NoticeKind) throws {
        let wording = try #require(Wording.of(kind.name), "nobody knows how to say \(kind.name)")
        for language in Language.allCases {
            #expect(wording.facts(in: language).isSubset(of: kind.facts.keys), "\(kind.name) in \(language)")
        }
    }

    @Test(arguments: DossierNews.notices)
    func `of a dossier a notice tells a code, a link and at most one time`(kind: NoticeKind) {
        var facts = kind.facts
        #expect(facts.removeValue(forKey: "code") == .code && facts.removeValue(forKey: "link") == .link)
        #expect(facts.isEmpty || facts == ["time": .moment] || facts == ["day": .day])
    }

    @Test func `nothing is worded that nobody tells, and nothing twice`() {
        let names = Self.kinds.map(\.name)
        #expect(Set(names) == Set(Wording.all.map(\.kind)))
        #expect(Set(names).count == names.count)
    }
}
