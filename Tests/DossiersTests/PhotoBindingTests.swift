import Foundation
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

struct PhotoBindingTests {
    /// A draft of Lan's with two photos and a PDF for the same paper, and its papers page.
    private func draft(_ lan: Browser) async throws -> (path: String, page: Answer) {
        let draft = try await lan.post("/nop/\(Procedures.record)", CitizenJourneyTests.start).location
        let kept = try await lan.upload(
            "\(draft)/giay-to",
            [
                .file("paper-identity-copy", "truoc.jpg", Paper.photo),
                .file("paper-identity-copy", "sau.jpg", Paper.photo),
                .file("paper-identity-copy", "kem.pdf", Paper.pdf), .file("paper-household", "ho-khau.pdf", Paper.pdf),
            ]
        )
        #expect(kept.location == "\(draft)/giay-to")
        return (draft, try await lan.get("\(draft)/giay-to"))
    }

    @Test(arguments: TestDatabase.kinds)
    func `a citizen looks at the PDF of the photos and then has it in their place`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let (draft, page) = try await draft(lan)
            let album = "\(draft)/gop-anh/identity-copy"
            #expect(page.body.contains("2 ảnh → PDF 2 trang") && page.body.contains("Gộp ảnh thành một PDF"))
            #expect(page.links.contains(album) && page.actions.contains(album))
            #expect(!page.actions.contains("\(draft)/gop-anh/household"))

            let preview = try await lan.get(album)
            #expect(preview.isPDF)
            #expect(try await house.count("SELECT COUNT(*) FROM attachment WHERE kind = 'image/jpeg'") == 2)

            for _ in 1...2 { #expect(try await lan.post(album).location == "\(draft)/giay-to") }
            let after = try await lan.get("\(draft)/giay-to")
            #expect(after.body.contains("Bản chụp căn cước.pdf") && after.body.contains("kem.pdf"))
            #expect(!after.body.contains("truoc.jpg") && !after.actions.contains(album))
            #expect(
                try await house.count("SELECT COUNT(*) FROM attachment WHERE pages = 2 AND kind = 'application/pdf'")
                    == 1
            )
            #expect(try await lan.get(album).status == 404, "there are no photos any more")

            let minh = try await house.minh()
            #expect(try await minh.get(album).status == 404)
            #expect(try await minh.post(album).status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a photo that cannot become a page is named, and nothing is lost`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let (draft, _) = try await draft(lan)
            // Whole by its chunks, and yet no picture.
            _ = try await lan.upload("\(draft)/giay-to", [.file("paper-identity-copy", "hong.png", Paper.png)])
            let refused = try await lan.post("\(draft)/gop-anh/identity-copy")
            #expect(refused.status == 422 && refused.body.contains("Có ảnh bị hỏng"))
            #expect(refused.marked.contains("paper-identity-copy"))
            #expect(try await house.count("SELECT COUNT(*) FROM attachment") == 5)
        }
    }
}
