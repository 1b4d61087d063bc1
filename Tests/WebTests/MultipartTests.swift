import Hummingbird
import NIOCore
import Testing

@testable import Web

struct MultipartTests {
    /// Reads a body that arrives in chunks of `step` bytes; each part as `name|filename|content`.
    static func read(
        _ body: [UInt8],
        step: Int,
        boundary: String = "xyz",
        limits: MultipartLimits = MultipartLimits()
    ) async throws -> [String] {
        let chunks = stride(from: 0, to: body.count, by: step).map { start in
            ByteBuffer(bytes: body[start..<min(start + step, body.count)])
        }
        let stream = AsyncStream<ByteBuffer> { continuation in
            for chunk in chunks { continuation.yield(chunk) }
            continuation.finish()
        }
        let reader = MultipartReader(RequestBody(asyncSequence: stream), boundary: boundary, limits: limits)
        var parts: [String] = []
        for try await part in MultipartStream(reader: reader) {
            parts.append("\(part.name)|\(part.filename ?? "-")|\(try await part.text())")
        }
        return parts
    }

    static let disposition = "Content-Disposition: form-data; name=\"a\"\r\n"

    static let good: [(String, [String])] = [
        (Multipart.body([]), []),
        (Multipart.body([Multipart.field("a", "1")]), ["a|-|1"]),
        (Multipart.body([Multipart.field("a", ""), Multipart.field("b", "")]), ["a|-|", "b|-|"]),
        ("preamble\r\n" + Multipart.body([Multipart.field("a", "1")]) + "epilogue", ["a|-|1"]),
        ("--xyz  \t\r\n\(disposition)\r\n1\r\n--xyz--", ["a|-|1"]),
        (Multipart.body([Multipart.field("a", "\r\n--xy\r\n-\r\n--xyw\r\r\n")]), ["a|-|\r\n--xy\r\n-\r\n--xyw\r\r\n"]),
        (Multipart.body([Multipart.file("f", "", "application/octet-stream", "")]), ["f||"]),
        (
            Multipart.body([Multipart.file("f", "Giấy khai sinh.pdf", "application/pdf", "x")]),
            ["f|Giấy khai sinh.pdf|x"]
        ),
        (Multipart.body([Multipart.file("f", "Gia\u{302}\u{301}y.pdf", "application/pdf", "x")]), ["f|Giấy.pdf|x"]),
        (Multipart.body([Multipart.file("f", "C:\\Users\\Lan\\anh.jpg", "image/jpeg", "x")]), ["f|anh.jpg|x"]),
        (Multipart.body([Multipart.file("f", "../../etc/passwd", "text/plain", "x")]), ["f|passwd|x"]),
        (Multipart.body([Multipart.file("f", "..", "text/plain", "x")]), ["f||x"]),
        (Multipart.body([Multipart.file("f", "a%22b%0D%0A.pdf", "text/plain", "x")]), ["f|a\"b .pdf|x"]),
        (Multipart.body([Multipart.file("f", "a\\\"b;c.pdf", "text/plain", "x")]), ["f|a\"b;c.pdf|x"]),
        ("--xyz\r\ncontent-disposition:form-data;name=a\r\n\r\n1\r\n--xyz--", ["a|-|1"]),
        (
            "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"; filename*=UTF-8''%E1%BA%A3nh.png\r\n\r\n1\r\n--xyz--",
            ["f|ảnh.png|1"]
        ),
        ("--xyz\r\nContent-Transfer-Encoding: binary\r\n\(disposition)\r\n1\r\n--xyz--", ["a|-|1"]),
    ]

    @Test(arguments: good, [1, 2, 3, 7, 4096])
    func `reads a body however it is cut`(sample: (String, [String]), step: Int) async throws {
        #expect(try await MultipartTests.read(Array(sample.0.utf8), step: step) == sample.1)
    }

    static let hostile: [(String, String)] = [
        ("nothing", ""),
        ("no boundary at all", "hello world"),
        ("only the first boundary", "--xyz\r\n"),
        ("cut off inside the head", "--xyz\r\nContent-Dis"),
        ("cut off behind the head", "--xyz\r\n\(disposition)\r\n"),
        ("cut off inside the content", "--xyz\r\n\(disposition)\r\nabc"),
        ("cut off inside the boundary", "--xyz\r\n\(disposition)\r\nabc\r\n--xy"),
        ("cut off behind the boundary", "--xyz\r\n\(disposition)\r\nabc\r\n--xyz"),
        ("cut off before the last hyphen", "--xyz\r\n\(disposition)\r\nabc\r\n--xyz-"),
        ("something behind the boundary", "--xyzoops\r\n\(disposition)\r\nabc\r\n--xyz--"),
        ("line feeds alone", "--xyz\nContent-Disposition: form-data; name=\"a\"\n\n1\n--xyz--"),
        ("no head", "--xyz\r\n\r\n1\r\n--xyz--"),
        ("no disposition", "--xyz\r\nContent-Type: text/plain\r\n\r\n1\r\n--xyz--"),
        ("another disposition", "--xyz\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--xyz--"),
        ("no name", "--xyz\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xyz--"),
        ("an empty name", "--xyz\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--xyz--"),
        ("two names", "--xyz\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n1\r\n--xyz--"),
        ("two dispositions", "--xyz\r\n\(disposition)\(disposition)\r\n1\r\n--xyz--"),
        ("an open quotation mark", "--xyz\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--xyz--"),
        ("a parameter without value", "--xyz\r\nContent-Disposition: form-data; name\r\n\r\n1\r\n--xyz--"),
        ("text behind a quotation", "--xyz\r\nContent-Disposition: form-data; name=\"a\"b\r\n\r\n1\r\n--xyz--"),
        ("a line without colon", "--xyz\r\n\(disposition)garbage\r\n\r\n1\r\n--xyz--"),
        ("a folded line", "--xyz\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\n1\r\n--xyz--"),
        ("a blank in a header's name", "--xyz\r\nContent Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyz--"),
        ("NUL in the head", "--xyz\r\nContent-Disposition: form-data; name=\"a\0\"\r\n\r\n1\r\n--xyz--"),
        (
            "an escape character in the name",
            "--xyz\r\nContent-Disposition: form-data; name=\"\u{1B}a\"\r\n\r\n1\r\n--xyz--"
        ),
        ("NUL in a field", Multipart.body([Multipart.field("a", "x\0y")])),
        ("base64", "--xyz\r\nContent-Transfer-Encoding: base64\r\n\(disposition)\r\nMQ==\r\n--xyz--"),
        (
            "a broken file name",
            "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename*=UTF-8''%E1%BA\r\n\r\n1\r\n--xyz--"
        ),
        (
            "a file name in another alphabet",
            "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename*=iso-8859-1''%E9\r\n\r\n1\r\n--xyz--"
        ),
        ("a head without end", "--xyz\r\nX: " + String(repeating: "a", count: 20_000) + "\r\n\r\n1\r\n--xyz--"),
        ("too many parts", Multipart.body(Array(repeating: Multipart.field("a", "1"), count: 51))),
    ]

    @Test(arguments: hostile, [1, 5, 4096])
    func `refuses a broken body`(sample: (name: String, body: String), step: Int) async throws {
        let problem = await refusal { _ = try await MultipartTests.read(Array(sample.body.utf8), step: step) }
        #expect(problem?.status == .badRequest, "\(sample.name)")
    }

    @Test(arguments: [[0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]] as [[UInt8]])
    func `refuses bytes that are no text`(bytes: [UInt8]) async throws {
        let field = Array("--xyz\r\n\(MultipartTests.disposition)\r\n".utf8) + bytes + Array("\r\n--xyz--".utf8)
        let name =
            Array("--xyz\r\nContent-Disposition: form-data; name=\"".utf8) + bytes
            + Array("\"\r\n\r\n1\r\n--xyz--".utf8)
        for body in [field, name] {
            let problem = await refusal { _ = try await MultipartTests.read(body, step: 4096) }
            #expect(problem?.status == .badRequest)
        }
    }

    @Test(arguments: ["", String(repeating: "b", count: 71)])
    func `refuses a boundary that is none`(boundary: String) async throws {
        let body = "--\(boundary)\r\n\(MultipartTests.disposition)\r\n1\r\n--\(boundary)--"
        await #expect(throws: Problem.self) {
            _ = try await MultipartTests.read(Array(body.utf8), step: 4096, boundary: boundary)
        }
    }

    @Test func `refuses what is too large`() async throws {
        var limits = MultipartLimits()
        limits.field = 100
        let long = Multipart.body([Multipart.field("a", String(repeating: "x", count: 101))])
        let field = await refusal { [limits] in
            _ = try await MultipartTests.read(Array(long.utf8), step: 30, limits: limits)
        }
        #expect(field?.status == .contentTooLarge)
        limits.total = 50
        let total = await refusal { [limits] in
            _ = try await MultipartTests.read(Array(long.utf8), step: 30, limits: limits)
        }
        #expect(total?.status == .contentTooLarge)
    }

    @Test func `a part that was passed over is skipped, and cannot be read later`() async throws {
        let body = Multipart.body([Multipart.field("a", "1"), Multipart.field("b", "2")])
        let reader = MultipartReader(RequestBody(buffer: ByteBuffer(string: body)), boundary: "xyz")
        let first = try #require(try await reader.nextPart())
        let second = try #require(try await reader.nextPart())
        await #expect(throws: (any Error).self) { _ = try await first.text() }
        #expect(try await second.text() == "2")
        #expect(try await reader.nextPart() == nil)
        #expect(try await reader.nextPart() == nil)
    }

    @Test func `a large file passes in small pieces`() async throws {
        let piece = ByteBuffer(repeating: UInt8(ascii: "\r"), count: 64 << 10)
        let stream = AsyncStream<ByteBuffer> { continuation in
            continuation.yield(ByteBuffer(string: "--xyz\r\n" + Multipart.file("f", "a", "x/y", "")))
            for _ in 0..<64 { continuation.yield(piece) }
            continuation.yield(ByteBuffer(string: "\r\n--xyz--"))
            continuation.finish()
        }
        let reader = MultipartReader(RequestBody(asyncSequence: stream), boundary: "xyz")
        let part = try #require(try await reader.nextPart())
        var total = 0, largest = 0
        for try await chunk in part.body {
            total += chunk.readableBytes
            largest = max(largest, chunk.readableBytes)
        }
        #expect(total == 64 * (64 << 10))
        #expect(largest <= 80 << 10)
    }

    @Test func `a form with files gives its fields to whoever asks for a form`() async throws {
        let body = Multipart.body([
            Multipart.field("csrf", House.browser.token), Multipart.field("note", "một"),
            Multipart.file("f", "a.pdf", "application/pdf", "x"), Multipart.field("more", "hai"),
        ])
        let answer = try await House().send(.post, "/echo", Multipart.headers, Array(body.utf8))
        #expect(answer.body == "note=một\nmore=hai")
    }

    @Test(arguments: hostile)
    func `a broken body sent to a page is a problem of its sender`(sample: (name: String, body: String)) async throws {
        let token = "--xyz\r\n\(Multipart.field("csrf", House.browser.token))\r\n"
        let house = House()
        let answer = try await house.send(.post, "/upload", Multipart.headers, Array((token + sample.body).utf8))
        // The token is a part like every other, so that here a body may break off before it is over.
        #expect([400, 200].contains(answer.status), "\(sample.name): \(answer.status)")
        #expect(answer.status == 400 || !answer.body.isEmpty || sample.body.contains("--xyz--"))
        let bare = try await house.send(.post, "/upload", Multipart.headers, Array(sample.body.utf8))
        #expect((400..<500).contains(bare.status), "\(sample.name): \(bare.status)")
    }
}

/// The problem with which something is refused; nil when it is not.
func refusal(_ attempt: () async throws -> Void) async -> Problem? {
    do {
        try await attempt()
        return nil
    } catch {
        return Problem(error)
    }
}
