import Glibc
package import Scans

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The room in which strangers' files are opened: everything that touches them with libraries written in C happens in here.
package enum Room {
    /// Does an errand in this process. Only a process that was made for it, or a test, has any business to.
    package static func run(
        _ errand: Errand,
        on paths: [String],
        progress: (PileProgress) throws -> Void
    ) throws -> Finding {
        guard let path = paths.first else { throw PileFault.unreadable }
        switch errand {
        case .sheets:
            let pile = try Pile(path: path)
            let sheets = try (0..<pile.pages).map { index in
                try progress(PileProgress(read: index, of: pile.pages))
                return try pile.sheet(at: index)
            }
            return .sheets(sheets)
        case .pages(let first, let count):
            return .file(try PileCutter(path: path).pages(from: first, count: count))
        case .picture(let page, let longSide):
            return .file(try Pile(path: path).picture(of: page, longSide: Double(longSide)))
        case .jpeg: return .file(try PhonePhoto.jpeg(path))
        case .album(let title, let created):
            return .file(try PhotoAlbum(paths: paths, title: title, created: created).pdf())
        }
    }

    /// What a child process does from its first line to its last: takes its limits on, reads the files that lie open
    /// from number 3 on, and says into its standard output what it found.
    package static func answer(_ errand: String, files: Int) throws {
        let errand = try JSONDecoder().decode(Errand.self, from: Data(errand.utf8))
        try say(.ready(try Confinement.enter(files: files, seconds: 300)))
        do {
            let paths = (3..<3 + files).map { "/dev/fd/\($0)" }
            switch try run(errand, on: paths, progress: { try say(.progress($0)) }) {
            case .sheets(let sheets): try say(.sheets(sheets))
            case .file(let bytes): try say(.file(bytes))
            }
        } catch let fault as PileFault {
            try say(.pileFault(fault))
        } catch let fault as PhotoFault {
            try say(.photoFault(fault))
        }
    }

    /// Nobody listens any more.
    private struct Unheard: Error {}

    private static func say(_ message: Message) throws {
        let bytes = try message.encoded()
        var said = 0
        while said < bytes.count {
            let count = bytes[said...].withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw Unheard() }
            said += max(0, count)
        }
    }
}
