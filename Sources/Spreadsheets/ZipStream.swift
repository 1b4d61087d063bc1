import Kernel

/// A zip file (APPNOTE 6.3.3) made from its beginning to its end, so that it can be sent while it grows: sizes and
/// checksums follow each entry, because nobody knows them before.
struct ZipStream {
    /// Entries and the whole are limited to 4 GB; larger ones need another format, which no register comes near.
    struct TooLarge: Error {}

    private struct Entry {
        let name: String
        let offset: UInt32
        var checksum: UInt32 = 0
        var packed: UInt32 = 0
        var size: UInt32 = 0
    }

    private var entries: [Entry] = []
    private var open: Deflation?
    private var taken = 0
    private var output: [UInt8] = []
    private let stamp: (time: UInt16, day: UInt16)

    init(made: LocalMinute) {
        let (year, month, day) = made.date.civil
        stamp = (
            time: UInt16(made.minuteOfDay / 60 << 11 | made.minuteOfDay % 60 << 5),
            day: UInt16((min(max(year, 1980), 2107) - 1980) << 9 | month << 5 | day)
        )
    }

    mutating func begin(_ name: String) throws {
        try end()
        guard let offset = UInt32(exactly: taken + output.count) else { throw TooLarge() }
        entries.append(Entry(name: name, offset: offset))
        output.append(four: 0x0403_4B50)
        header(of: entries[entries.count - 1])
        output += name.utf8
        open = try Deflation()
    }

    mutating func write(_ bytes: [UInt8]) throws { try open?.write(bytes, to: &output) }

    /// An entry whose content is known.
    mutating func add(_ name: String, _ content: String) throws {
        try begin(name)
        try write(Array(content.utf8))
        try end()
    }

    /// What is ready to be sent.
    mutating func take() -> [UInt8] {
        defer { output = [] }
        taken += output.count
        return output
    }

    /// The size of the open entry before compression.
    var sizeOfEntry: Int { open?.bytesIn ?? 0 }

    private mutating func end() throws {
        guard let deflation = open else { return }
        open = nil
        try deflation.write([], isLast: true, to: &output)
        guard let packed = UInt32(exactly: deflation.bytesOut), let size = UInt32(exactly: deflation.bytesIn) else {
            throw TooLarge()
        }
        let last = entries.count - 1
        (entries[last].checksum, entries[last].packed, entries[last].size) = (deflation.checksum, packed, size)
        output.append(four: 0x0807_4B50)
        sums(of: entries[last])
    }

    /// The list of entries, with which a zip file ends.
    mutating func finish() throws {
        try end()
        let start = taken + output.count
        for entry in entries {
            output.append(four: 0x0201_4B50)
            // Made by version 2.0 on MS-DOS: nothing but names and contents.
            output.append(two: 20)
            header(of: entry)
            output.append(two: 0)
            output.append(two: 0)
            output.append(two: 0)
            output.append(four: 0)
            output.append(four: entry.offset)
            output += entry.name.utf8
        }
        guard let offset = UInt32(exactly: start), let size = UInt32(exactly: taken + output.count - start) else {
            throw TooLarge()
        }
        output.append(four: 0x0605_4B50)
        output.append(four: 0)
        output.append(two: UInt16(entries.count))
        output.append(two: UInt16(entries.count))
        output.append(four: size)
        output.append(four: offset)
        output.append(two: 0)
    }

    /// What the head of an entry and its line in the list have in common.
    private mutating func header(of entry: Entry) {
        output.append(two: 20)
        // Sizes follow the content; names are in UTF-8.
        output.append(two: 0x0808)
        output.append(two: 8)
        output.append(two: stamp.time)
        output.append(two: stamp.day)
        sums(of: entry)
        output.append(two: UInt16(entry.name.utf8.count))
        output.append(two: 0)
    }

    private mutating func sums(of entry: Entry) {
        output.append(four: entry.checksum)
        output.append(four: entry.packed)
        output.append(four: entry.size)
    }
}

extension [UInt8] {
    fileprivate mutating func append(two value: UInt16) {
        append(UInt8(value & 0xFF))
        append(UInt8(value >> 8))
    }

    fileprivate mutating func append(four value: UInt32) {
        append(two: UInt16(value & 0xFFFF))
        append(two: UInt16(value >> 16))
    }
}
