import Kernel

extension InspectedFile {
    /// Looks into the file at `path`, reading all of it and holding little of it. Waits for the disk, so it must not be
    /// called on the threads that serve requests.
    package init(path: String) throws { try self.init(FileBytes(path: path)) }

    init(_ bytes: FileBytes) throws {
        guard bytes.count > 0 else { throw FileRefusal.empty }
        let head = try bytes.read(at: 0, count: 1024)
        if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            self.init(kind: .jpeg, size: bytes.count, pages: nil, pixels: try admitted(inspectJPEG(bytes)))
        } else if head.starts(with: pngSignature) {
            self.init(kind: .png, size: bytes.count, pages: nil, pixels: try admitted(inspectPNG(bytes)))
        } else if head.contains(run: Array("%PDF-".utf8)) {
            // Acrobat's rule, which many writers rely on: the header may stand anywhere in the first 1024 bytes.
            guard !head.beginsEnvelope else { throw FileRefusal.signedEnvelope }
            let (pages, isEncrypted) = try inspectPDF(bytes)
            self.init(kind: .pdf, size: bytes.count, pages: pages, pixels: nil, isEncrypted: isEncrypted)
        } else {
            throw FileRefusal.stranger(head)
        }
    }
}

private func admitted(_ pixels: InspectedFile.Pixels) throws -> InspectedFile.Pixels {
    guard PictureLimit.admits(width: pixels.width, height: pixels.height) else { throw FileRefusal.tooManyPixels }
    return pixels
}

extension FileRefusal {
    /// What is no kind we take gets the advice that helps its kind.
    fileprivate static func stranger(_ head: [UInt8]) -> FileRefusal {
        if head.count >= 12, Array(head[4..<8]) == Array("ftyp".utf8) {
            let brands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "heif", "mif1", "msf1"]
            if brands.contains(String(decoding: head[8..<12], as: UTF8.self)) { return .heic }
        }
        let archive: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
        let oldOffice: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]
        if head.beginsEnvelope { return .signedEnvelope }
        if head.starts(with: archive) || head.starts(with: oldOffice) || head.starts(with: Array("Rar!".utf8)) {
            return .officeDocument
        }
        return .unknownKind
    }
}

extension [UInt8] {
    /// A signed message around a file (CMS, RFC 5652: a DER or BER sequence), such as a `.p7m`: the PDF within it begins
    /// early enough to be taken for the file, and no reader opens it.
    fileprivate var beginsEnvelope: Bool { count > 1 && self[0] == 0x30 && (self[1] & 0x80) != 0 }

    func contains(run: [UInt8]) -> Bool { index(ofRun: run) != nil }

    func index(ofRun run: [UInt8]) -> Int? {
        guard let first = run.first else { return nil }
        var start = startIndex
        while let index = self[start...].firstIndex(of: first) {
            if self[index...].starts(with: run) { return index }
            start = index + 1
        }
        return nil
    }
}
