/// How large a picture of a paper may say it is: twice what a scanner makes of A4 at 600 dpi would be a plan. More fills
/// the memory of whoever opens it.
package enum PictureLimit {
    package static let pixels = 50_000_000
    /// Of its longer side.
    package static let side = 30_000

    package static func admits(width: Int, height: Int) -> Bool {
        // Divided, because the product of two wild numbers might not fit.
        height > 0 && width <= pixels / height && max(width, height) <= side
    }
}
