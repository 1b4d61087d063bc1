/// Why a photo cannot become a page.
package enum PhotoFault: String, Error, Codable, Sendable {
    /// It says it has more pixels than any paper needs: perhaps a picture made to fill the memory of whoever opens it.
    case tooManyPixels
    /// Its content is damaged, or of a colour model that no camera writes.
    case unreadable
    /// Unpacking it took more time or memory than it may, or ended the process that did it.
    case tooHeavy
}
