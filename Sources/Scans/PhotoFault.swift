/// Why a photo cannot become a page.
package enum PhotoFault: Error, Equatable {
    /// It says it has more pixels than any paper needs: perhaps a picture made to fill the memory of whoever opens it.
    case tooManyPixels
    /// Its content is damaged, or of a colour model that no camera writes.
    case unreadable
}
