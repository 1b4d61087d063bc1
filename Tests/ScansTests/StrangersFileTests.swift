import CTurboJPEG
import Foundation
import Testing

@testable import Quarantine
@testable import Scans

/// Files that only opening them tells apart.
struct StrangersFileTests {
    private func run(_ errand: Errand, on bytes: [UInt8]) throws -> [UInt8] {
        try Piles.file(bytes) { path in
            guard case .file(let made) = try Room.run(errand, on: [path], progress: { _ in }) else {
                throw Photos.NotMade()
            }
            return made
        }
    }

    private static func bytes(_ text: String) -> [UInt8] { Data(base64Encoded: text).map(Array.init) ?? [] }

    @Test func `a PDF that only its owner has locked opens, and one with a password for readers does not`() throws {
        let picture = Errand.picture(page: 0, longSide: 32)
        #expect(try run(picture, on: Self.bytes(Self.ownerOnly)).starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(throws: PileFault.unreadable) { try run(picture, on: Self.bytes(Self.forReaders)) }
    }

    @Test func `a photo of an iPhone becomes a JPEG with its colours`() throws {
        let jpeg = try run(.jpeg, on: Self.bytes(Self.heic))
        let decoder = try #require(tjInitDecompress())
        defer { tjDestroy(decoder) }
        var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        #expect(tjDecompressHeader3(decoder, jpeg, UInt(jpeg.count), &width, &height, &subsampling, &colours) == 0)
        #expect((width, height) == (96, 64))
        var pixels = [UInt8](repeating: 0, count: 96 * 64 * 3)
        let format = Int32(TJPF_RGB.rawValue)
        #expect(tjDecompress2(decoder, jpeg, UInt(jpeg.count), &pixels, 96, 0, 64, format, 0) == 0)
        func colour(_ x: Int, _ y: Int) -> [UInt8] { Array(pixels[(y * 96 + x) * 3..<(y * 96 + x) * 3 + 3]) }
        let (red, blue, white) = (colour(20, 16), colour(70, 48), colour(70, 16))
        #expect(red[0] > 150 && red[1] < 80 && red[2] < 80, "\(red)")
        #expect(blue[2] > 150 && blue[0] < 80 && blue[1] < 80, "\(blue)")
        #expect(white.allSatisfy { $0 > 220 }, "\(white)")
    }

    @Test(arguments: [0, 16, 40, 300])
    func `a broken photo of an iPhone is a fault and nothing else`(length: Int) {
        #expect(throws: PhotoFault.unreadable) { try run(.jpeg, on: Array(Self.bytes(Self.heic).prefix(length))) }
    }

    /// A blank page of 72 points, locked by its owner (AES-256, revision 6).
    private static let ownerOnly = """
        JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9uTG\
        V2ZWwgOCA+PiA+PiAvUGFnZXMgMiAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL0NvdW50IDEgL0tpZHMgWyAz\
        IDAgUiBdIC9UeXBlIC9QYWdlcyA+PgplbmRvYmoKMyAwIG9iago8PCAvQ29udGVudHMgNCAwIFIgL01lZGlhQm94IFsgMCAwIDcyIDcyIF\
        0gL1BhcmVudCAyIDAgUiAvUmVzb3VyY2VzIDw8ID4+IC9UeXBlIC9QYWdlID4+CmVuZG9iago0IDAgb2JqCjw8IC9MZW5ndGggMzIgPj4K\
        c3RyZWFtCtxh6NGzPlTRw4djQDvvsSRTM5BXoSi1VW2zX5J8C0coCmVuZHN0cmVhbQplbmRvYmoKNSAwIG9iago8PCAvQ0YgPDwgL1N0ZE\
        NGIDw8IC9BdXRoRXZlbnQgL0RvY09wZW4gL0NGTSAvQUVTVjMgL0xlbmd0aCAzMiA+PiA+PiAvRmlsdGVyIC9TdGFuZGFyZCAvTGVuZ3Ro\
        IDI1NiAvTyA8YjQzMmEyN2E4YWI2Y2ZiZjBkOWQwNWYzODI2ZmY0NTZkYmJiZjQyNDcyODhkMWE3Nzk5ZjY0ODY3ZmYyZDYzMTI5NzE5ZW\
        RhYjEyZDI5MzBlOGVlZDUwODZmYWNkNzY0PiAvT0UgPDdkOGQ1NzljZmUxZmNjYjhjODVmNzZmZWJlNDhkODAzNDBmOTMyYjQ2NmMzN2Q2\
        ZjIxNWU0NDgwNzQyN2E3OGU+IC9QIC0xMDI4IC9QZXJtcyA8ZmVjMjBlZmY4ZTY0MTIyYWVjZGJjYjkwYjFhMmZkMTI+IC9SIDYgL1N0bU\
        YgL1N0ZENGIC9TdHJGIC9TdGRDRiAvVSA8MTkzNTJmNTM1MDdkNDMwNTMxZWUzZmRkN2JiZTdhYTdjNGMzMjAzYzc5NzVlZjQ3ZTc1Mjdh\
        NjA4YmFjMDFmNmY0ZGNhZTRkY2M1OGVlN2NmZGM2YzY3NDE4M2VjMGY4PiAvVUUgPDhiYjQxMzkwOTgzY2MzNTg4YmNmZGI2NmM2MmIxYW\
        VlM2NiZmFmMzU4MTRhNGIxZTQ1NjA2MDg2OWNkZWNjMGE+IC9WIDUgPj4KZW5kb2JqCnhyZWYKMCA2CjAwMDAwMDAwMDAgNjU1MzUgZiAK\
        MDAwMDAwMDAxNSAwMDAwMCBuIAowMDAwMDAwMTMwIDAwMDAwIG4gCjAwMDAwMDAxODkgMDAwMDAgbiAKMDAwMDAwMDI5MyAwMDAwMCBuIA\
        owMDAwMDAwMzc1IDAwMDAwIG4gCnRyYWlsZXIgPDwgL1Jvb3QgMSAwIFIgL1NpemUgNiAvSUQgWzwzMTQxNTkyNjUzNTg5NzkzMjM4NDYy\
        NjQzMzgzMjc5NT48MzE0MTU5MjY1MzU4OTc5MzIzODQ2MjY0MzM4MzI3OTU+XSAvRW5jcnlwdCA1IDAgUiA+PgpzdGFydHhyZWYKOTI1Ci\
        UlRU9GCg==
        """

    /// The same with a password for readers.
    private static let forReaders = """
        JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9uTG\
        V2ZWwgOCA+PiA+PiAvUGFnZXMgMiAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL0NvdW50IDEgL0tpZHMgWyAz\
        IDAgUiBdIC9UeXBlIC9QYWdlcyA+PgplbmRvYmoKMyAwIG9iago8PCAvQ29udGVudHMgNCAwIFIgL01lZGlhQm94IFsgMCAwIDcyIDcyIF\
        0gL1BhcmVudCAyIDAgUiAvUmVzb3VyY2VzIDw8ID4+IC9UeXBlIC9QYWdlID4+CmVuZG9iago0IDAgb2JqCjw8IC9MZW5ndGggMzIgPj4K\
        c3RyZWFtCsMswvJltZ+Qb5AqSeN/0UaM/CHx3L7FLsffUQpjtTJrCmVuZHN0cmVhbQplbmRvYmoKNSAwIG9iago8PCAvQ0YgPDwgL1N0ZE\
        NGIDw8IC9BdXRoRXZlbnQgL0RvY09wZW4gL0NGTSAvQUVTVjMgL0xlbmd0aCAzMiA+PiA+PiAvRmlsdGVyIC9TdGFuZGFyZCAvTGVuZ3Ro\
        IDI1NiAvTyA8MTE5NTMyZGM1OWM3YzNiOGU2ZDdmMmQ0N2ZjZmQyZmI0MDhmM2M5MzhkOGJiMDRmYTA0OTk1NjJhNTk1OGE0NTZiNGYzMT\
        U2ZWZjYmNkM2IzNmI4MGI2NTgzZWIwZGY0PiAvT0UgPGQ4M2JiNTU1MGFlZDMxOTRkYjc2YmIyN2ZlOWU4MmJjYTQ1MjlmYWIxMDBmYjZl\
        ZGZkYmU2N2YwNjY1Mjc1ODE+IC9QIC0xMDI4IC9QZXJtcyA8YjYwNzM0YWI2MzIxOWMyNDE3MmZkZDkxOTk4NzQ4OGM+IC9SIDYgL1N0bU\
        YgL1N0ZENGIC9TdHJGIC9TdGRDRiAvVSA8OTkwOTVjMTEwNGViYjU1YzcwZGI0ODQ4NzQ5ZGVlNWYyMzYxMzViMzJjNTY0MDk2YWY1YmUw\
        NDM1NjY3NjU1MmMzMjlmZTk0MDNmZmJiN2Y3ZmE3YWU2NjA0OGFhOTQ2PiAvVUUgPGI4NTEzYmUyMDNiNGM4N2IzZTNiYzZhMDZjMzdiMD\
        BmNzg3ZmNlYmM4NzUxMTM0NGE2ZjIwMzY0MWY3NjllYmI+IC9WIDUgPj4KZW5kb2JqCnhyZWYKMCA2CjAwMDAwMDAwMDAgNjU1MzUgZiAK\
        MDAwMDAwMDAxNSAwMDAwMCBuIAowMDAwMDAwMTMwIDAwMDAwIG4gCjAwMDAwMDAxODkgMDAwMDAgbiAKMDAwMDAwMDI5MyAwMDAwMCBuIA\
        owMDAwMDAwMzc1IDAwMDAwIG4gCnRyYWlsZXIgPDwgL1Jvb3QgMSAwIFIgL1NpemUgNiAvSUQgWzwzMTQxNTkyNjUzNTg5NzkzMjM4NDYy\
        NjQzMzgzMjc5NT48MzE0MTU5MjY1MzU4OTc5MzIzODQ2MjY0MzM4MzI3OTU+XSAvRW5jcnlwdCA1IDAgUiA+PgpzdGFydHhyZWYKOTI1Ci\
        UlRU9GCg==
        """

    /// 96 by 64 points on white, red at the top left and blue at the bottom right.
    private static let heic = """
        AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG\
        9jAAAAAERAAAEAAQAAAAABegABAAAAAAAAAOAAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA\
        1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQg\
        EBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNw\
        ZQAAAAAAAABgAAAAQAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAAOhtZGF0AAAA3CgBrwng40ecuq///skP//\
        +G/eQ/dmKpIJSefxCOp3xBx//TRK6jguLRaDuhA6l996qAZd0cc36IT1d9/EH5GhnjrABoYZsOwwsMYmkN/jh+1FIEgC4KQ4iAmK46dETb\
        yPCMn+u/aU0aO+8ERNYSaZLaB7zcZztMe2rhq1//2L6ID5pAr/3A9EgvlPbnm/4WhL//gxF7/kpPfl/P/6noUdXoeCODXTOAdyKc6qknRZ\
        6tF1zfYcq/klF0+pg9Vj1Pf8pSH7t4fADJ4K0uF0n/bmKGhQCGCS9jVfsQZuA=
        """
}
