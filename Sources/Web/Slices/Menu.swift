/// The lines that a slice has in the menus. All cards' lines stand in the order of their places, and those with the same
/// place in the order of the cards.
package struct Menu: Sendable {
    /// A line and where it stands: places are tens, so that another fits between two.
    package typealias Line = (place: Int, link: Site.Link)

    /// For visitors and citizens.
    package var publicLinks: [Line]
    /// For officers.
    package var officeLinks: [Line]

    package init(publicLinks: [Line] = [], officeLinks: [Line] = []) {
        (self.publicLinks, self.officeLinks) = (publicLinks, officeLinks)
    }
}

extension [Menu] {
    /// All lines for visitors and citizens, in order.
    package var publicLinks: [Site.Link] { Self.ordered(flatMap(\.publicLinks)) }
    /// All lines for officers, in order.
    package var officeLinks: [Site.Link] { Self.ordered(flatMap(\.officeLinks)) }

    private static func ordered(_ lines: [Menu.Line]) -> [Site.Link] {
        lines.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element.link)
    }
}
