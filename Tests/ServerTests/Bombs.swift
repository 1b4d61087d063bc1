/// Small files that are much to whoever opens them.
enum Bombs {
    /// A PDF of empty objects and this content on each page.
    static func pdf(pages: Int, content: String, objects: [[UInt8]] = [], resources: String = "") -> [UInt8] {
        let first = 4 + objects.count
        let kids = (0..<pages).map { "\(first + $0) 0 R" }.joined(separator: " ")
        var all: [[UInt8]] = [
            Array("<< /Type /Catalog /Pages 2 0 R >>".utf8),
            Array("<< /Type /Pages /Kids [\(kids)] /Count \(pages) >>".utf8),
            stream("", Array(content.utf8)),
        ]
        all += objects
        for _ in 0..<pages {
            let page =
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << \(resources) >> >>"
            all.append(Array(page.utf8))
        }
        var bytes = Array("%PDF-1.4\n".utf8)
        var places: [Int] = []
        for (index, object) in all.enumerated() {
            places.append(bytes.count)
            bytes += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let start = bytes.count
        bytes += Array("xref\n0 \(all.count + 1)\n0000000000 65535 f \n".utf8)
        for place in places {
            let digits = String(place)
            bytes += Array("\(String(repeating: "0", count: 10 - digits.count))\(digits) 00000 n \n".utf8)
        }
        bytes += Array("trailer << /Root 1 0 R /Size \(all.count + 1) >>\nstartxref\n\(start)\n%%EOF\n".utf8)
        return bytes
    }

    static func stream(_ entries: String, _ content: [UInt8]) -> [UInt8] {
        Array("<< \(entries) /Length \(content.count) >>\nstream\n".utf8) + content + Array("\nendstream".utf8)
    }

    /// Ten forms, each of which draws the next ten times: ten thousand million rectangles.
    static let nested: [UInt8] = {
        let forms = (0..<10).map { level -> [UInt8] in
            let next = 5 + level
            let isLast = level == 9
            let content = isLast ? "0 0 1 1 re f" : String(repeating: "/F Do ", count: 10)
            let entries = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
            let resources = isLast ? "" : " /Resources << /XObject << /F \(next) 0 R >> >>"
            return stream(entries + resources, Array(content.utf8))
        }
        return pdf(pages: 1, content: "/F Do", objects: forms, resources: "/XObject << /F 4 0 R >>")
    }()

    /// A picture of 30,000 by 30,000 dots, run-length coded, with a mask of the same size.
    static let wide: [UInt8] = {
        let side = 30_000
        let run = [UInt8](repeating: 0, count: 2 * side * side / 128).enumerated().map { index, _ in
            index.isMultiple(of: 2) ? UInt8(129) : 0
        }
        let entries =
            "/Type /XObject /Subtype /Image /Width \(side) /Height \(side) /BitsPerComponent 8"
            + " /ColorSpace /DeviceGray /Filter /RunLengthDecode"
        let picture = stream(entries + " /SMask 5 0 R", run)
        let mask = stream(entries, run)
        let content = "595 0 0 842 0 0 cm /I Do"
        return pdf(pages: 1, content: content, objects: [picture, mask], resources: "/XObject << /I 4 0 R >>")
    }()

    /// Says that it has 50,000 by 50,000 dots.
    static let hugePNG: [UInt8] = {
        func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) } }
        return [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + number(13) + Array("IHDR".utf8) + number(50_000)
            + number(50_000) + [8, 0, 0, 0, 0, 0, 0, 0, 0]
    }()
}
