import Kernel
import Testing

@testable import Documents

struct SeparatorSheetTests {
    @Test func `a separator sheet says to people and to machines what comes behind it`() async throws {
        let named = SeparatorFacts(
            code: try QRCode("motcua:scan:1|H26.19-260316-0001|identity-copy"),
            dossierCode: "H26.19-260316-0001",
            applicant: "Nguyễn Thị Lan",
            paper: "Bản chụp căn cước",
            counted: "0 bản chính, 2 bản sao"
        )
        let generic = SeparatorFacts(
            code: try QRCode("motcua:scan:1||"),
            dossierCode: nil,
            applicant: nil,
            paper: nil,
            counted: nil
        )
        let issuer = IssuerFacts(superior: nil, name: "Bộ phận Một cửa", place: "Hà Nội", address: "", phone: nil)
        let minute = try #require(LocalMinute(rawValue: "2026-03-16T09:00"))
        let read = try await ReadPaper(try separatorSheets([named, generic], from: issuer, at: minute).pdf())
        #expect(read.pages.count == 2)
        #expect(read.codes == ["motcua:scan:1|H26.19-260316-0001|identity-copy", "motcua:scan:1||"])
        for words in ["Bản chụp căn cước", "H26.19-260316-0001", "Nguyễn Thị Lan", "0 bản chính, 2 bản sao"] {
            #expect(read.pages[0].contains(words), "the sheet does not say “\(words)”")
        }
        #expect(read.pages[1].contains("Giấy tờ khác bắt đầu từ trang sau"))
    }
}
