import CPoppler
import CTurboJPEG
import Foundation
import Kernel
import Testing

@testable import Quarantine
@testable import Scans

struct PhotoAlbumTests {
    private static let noon = Instant(milliseconds: 1_795_401_000_000)

    private func album(_ photos: [[UInt8]]) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "album-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = try photos.enumerated().map { index, photo in
            let file = folder.appending(path: "\(index)")
            try Data(photo).write(to: file)
            return file.path
        }
        return try PhotoAlbum(paths: paths, title: "Căn cước", created: Self.noon).pdf()
    }

    @Test func `five photos of twelve megapixels become five pages of two megabytes`() throws {
        let photo = try Photos.jpeg(width: 4000, height: 3000, orientation: 6)
        #expect(photo.count > 2_000_000, "the photo is as heavy as one of a phone")
        let pdf = try album(Array(repeating: photo, count: 5))
        #expect(pdf.count <= 2_000_000)
        let pages = try Pages(pdf)
        #expect(pages.count == 5)
        #expect(pages.sizes.allSatisfy { abs($0.width - 595.3) < 1 && abs($0.height - 841.9) < 1 })
        #expect(try album([photo]) == album([photo]), "the same photos make the same file")
    }

    /// The stored picture has its red corner where EXIF says the upright one has its top left.
    @Test(arguments: [(1, 0, 0), (2, 1, 0), (3, 1, 1), (4, 0, 1), (5, 0, 0), (6, 0, 1), (7, 1, 1), (8, 1, 0)])
    func `a photo stands upright however the camera was held`(orientation: Int, right: Int, low: Int) throws {
        let photo = try Photos.jpeg(width: 1200, height: 800, orientation: orientation, red: (right, low))
        let pages = try Pages(try album([photo]))
        #expect((pages.sizes[0].width > pages.sizes[0].height) == (orientation < 5))
        let corner = try pages.colour(page: 0, x: 0.15, y: 0.15)
        #expect(corner.red > 180 && corner.green < 90, "orientation \(orientation): \(corner)")
        let other = try pages.colour(page: 0, x: 0.85, y: 0.85)
        #expect(other.green > 180, "orientation \(orientation): \(other)")
    }

    @Test func `a PNG is taken like a photo, on white where it is transparent`() throws {
        let pages = try Pages(try album([Photos.png(width: 900, height: 1200)]))
        #expect(pages.count == 1)
        let paper = try pages.colour(page: 0, x: 0.5, y: 0.5)
        #expect(paper.red > 240 && paper.green > 240)
    }

    @Test(arguments: [
        ([255, 0, 0, 255], true, false), ([0, 255, 0, 255], false, true), ([255, 255, 255, 0], false, false),
    ])
    func `a picture for print keeps its colours`(inks: [UInt8], isRed: Bool, isGreen: Bool) throws {
        let pages = try Pages(try album([Photos.forPrint(width: 300, height: 400, inks: inks)]))
        let colour = try pages.colour(page: 0, x: 0.5, y: 0.5)
        #expect((colour.red > 180) == isRed && (colour.green > 180) == isGreen, "\(inks): \(colour)")
    }

    @Test func `a picture that would fill the memory is refused before it is unpacked`() throws {
        let bomb = Photos.withSize(60_000, 60_000, of: try Photos.jpeg(width: 64, height: 64))
        #expect(throws: PhotoFault.tooManyPixels) { _ = try album([bomb]) }
        #expect(throws: PhotoFault.tooManyPixels) { _ = try album([Photos.pngHeader(width: 50_000, height: 50_000)]) }
        #expect(throws: PhotoFault.tooManyPixels) {
            _ = try album([Photos.pngHeader(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF)])
        }
    }

    @Test func `what is damaged is refused`() throws {
        let photo = try Photos.jpeg(width: 640, height: 480)
        #expect(throws: PhotoFault.unreadable) { _ = try album([Array(photo.prefix(40))]) }
        #expect(throws: PhotoFault.unreadable) { _ = try album([Photos.pngHeader(width: 40, height: 40)]) }
        #expect(throws: PhotoFault.unreadable) { _ = try album([[0, 1, 2, 3]]) }
        #expect(throws: PhotoFault.unreadable) { _ = try album([[]]) }
    }
}
