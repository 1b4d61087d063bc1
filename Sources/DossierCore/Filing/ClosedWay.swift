package import Agencies
import Catalogue
import Web

extension ChannelClosed {
    /// The page of the procedure tells which ways remain, and leads to them.
    package func leading(to procedure: String) -> ChannelClosed {
        var closed = self
        closed.way = Problem.Way(
            Words("Xem các cách nộp còn lại", "See the ways that remain"),
            CatalogueLinks.procedure(code: procedure)
        )
        return closed
    }
}
