import Foundation

/// What the child process says: a byte for the kind, four for the length, then the content.
package enum Message: Equatable, Sendable {
    /// Its limits hold, and it begins.
    case ready(Walls)
    case progress(PileProgress)
    case sheets([PileSheet])
    case file([UInt8])
    case pileFault(PileFault)
    case photoFault(PhotoFault)

    /// As it is written to the pipe.
    package func encoded() throws -> [UInt8] {
        let (kind, content): (UInt8, [UInt8]) =
            switch self {
            case .ready(let walls): (0, try Array(JSONEncoder().encode(walls)))
            case .progress(let progress): (1, try Array(JSONEncoder().encode(progress)))
            case .sheets(let sheets): (2, try Array(JSONEncoder().encode(sheets)))
            case .file(let bytes): (3, bytes)
            case .pileFault(let fault): (4, Array(fault.rawValue.utf8))
            case .photoFault(let fault): (5, Array(fault.rawValue.utf8))
            }
        let size = UInt32(content.count)
        return [kind] + (0..<4).map { UInt8(truncatingIfNeeded: size >> (24 - 8 * $0)) } + content
    }

    fileprivate init?(kind: UInt8, content: ArraySlice<UInt8>) {
        func decoded<T: Decodable>(_ type: T.Type) -> T? {
            // What cannot be read is nonsense, whatever is wrong with it.
            try? JSONDecoder().decode(type, from: Data(content))
        }
        let text = String(decoding: content.prefix(100), as: UTF8.self)
        let message: Message? =
            switch kind {
            case 0: decoded(Walls.self).map { .ready($0) }
            case 1: decoded(PileProgress.self).map { .progress($0) }
            case 2: decoded([PileSheet].self).flatMap { $0.count <= PileSheet.most ? .sheets($0) : nil }
            case 3: .file(Array(content))
            case 4: PileFault(rawValue: text).map { .pileFault($0) }
            case 5: PhotoFault(rawValue: text).map { .photoFault($0) }
            default: nil
            }
        guard let message else { return nil }
        self = message
    }
}

/// Nothing that a child of ours says: it was taken over, or has lost its mind.
struct Nonsense: Error {}

/// Puts messages together from the portions in which they come, and takes no more than an honest answer has.
struct MessageReader {
    private var waiting: [UInt8] = []

    /// A pile's part is no larger than the pile; an album's page has a budget of its own.
    private static let mostBytes = 64_000_000

    /// The messages that are complete with this portion.
    mutating func take(_ portion: some Collection<UInt8>) throws(Nonsense) -> [Message] {
        waiting.append(contentsOf: portion)
        var messages: [Message] = []
        var start = 0
        while waiting.count - start >= 5 {
            let size = waiting[start + 1..<start + 5].reduce(0) { $0 << 8 | Int($1) }
            guard size <= (waiting[start] == 3 ? MessageReader.mostBytes : 1_000_000) else { throw Nonsense() }
            guard waiting.count - start - 5 >= size else { break }
            let content = waiting[start + 5..<start + 5 + size]
            guard let message = Message(kind: waiting[start], content: content) else { throw Nonsense() }
            messages.append(message)
            start += 5 + size
        }
        waiting.removeFirst(start)
        return messages
    }
}
