import Foundation
import HTTPTypes
import Testing

@testable import Web

struct DesignTests {
    static let languages = ["vi", "en"]

    func page(_ language: String) async throws -> String {
        try await House().get("/design", [.cookie: "lang=\(language)"]).body
    }

    @Test(arguments: languages)
    func `every field has a label, and every id is its only one`(language: String) async throws {
        let page = try await page(language)
        let ids = page.matches(of: #/ id="([^"]+)"/#).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        let labels = Set(page.matches(of: /<label for="([^"]+)"/).map { String($0.1) })
        let inputs = page.matches(of: /<(?:input|select|textarea) id="([^"]+)"/).map { String($0.1) }
        #expect(inputs.count > 10)
        for input in inputs { #expect(labels.contains(input), "\(input) has no label") }
    }

    @Test(arguments: languages)
    func `what describes a field or answers a link is there`(language: String) async throws {
        let page = try await page(language)
        let ids = Set(page.matches(of: #/ id="([^"]+)"/#).map { String($0.1) })
        for match in page.matches(of: /aria-describedby="([^"]+)"/) {
            for id in match.1.split(separator: " ") { #expect(ids.contains(String(id)), "\(id) is missing") }
        }
        for match in page.matches(of: /href="#([^"]+)"/) {
            #expect(ids.contains(String(match.1)), "#\(match.1) leads nowhere")
        }
    }

    @Test(arguments: languages)
    func `a page is a document`(language: String) async throws {
        let page = try await page(language)
        #expect(page.matches(of: /<h1/).count == 1)
        #expect(page.contains("<html lang=\"\(language)\">"))
        #expect(!page.contains("<style") && !page.contains(" style=\"") && !page.contains("onclick"))
        #expect(page.matches(of: /<script/).count == 1)
        // Markup that was taken for text.
        #expect(!page.contains("&lt;"))
        for table in page.split(separator: "<table").dropFirst() {
            #expect(table.contains("<caption") && table.contains("scope=\"col\"") && table.contains("scope=\"row\""))
        }
        #expect(page.matches(of: /<fieldset/).count == page.matches(of: /<legend/).count)
    }

    @Test func `English pages say nothing in Vietnamese but names`() async throws {
        let page = try await page("en")
        for word in ["Nộp hồ sơ", "Tiếp tục", "Bước ", "không bắt buộc", "Chọn"] {
            #expect(!page.contains(word), "\(word)")
        }
    }

    /// Contrast as WCAG 2.2 counts it; 4.5 is what text needs.
    @Test(
        arguments: [
            ("ink", "paper"), ("quiet", "paper"), ("quiet", "surface"), ("quiet", "sunken"), ("teal", "paper"),
            ("teal", "surface"), ("teal", "teal-tint"), ("teal-deep", "teal-tint"), ("red", "surface"),
            ("red", "paper"), ("red-deep", "red-tint"), ("amber", "amber-tint"), ("green", "green-tint"),
            ("ink", "grey-tint"), ("focus", "paper"), ("paper", "teal-deep"), ("paper", "red"), ("paper", "teal"),
        ]
    )
    func `text stands out from its ground`(text: String, ground: String) throws {
        let css = try String(contentsOf: DesignTests.publicFolder.appending(path: "app.css"), encoding: .utf8)
        func luminance(_ name: String) throws -> Double {
            let start = try #require(css.range(of: "--\(name): #"), "\(name)").upperBound
            let value = try #require(Int(css[start...].prefix(6), radix: 16))
            return 0.2126 * light(value >> 16) + 0.7152 * light(value >> 8 & 255) + 0.0722 * light(value & 255)
        }
        func light(_ part: Int) -> Double {
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        let (one, two) = (try luminance(text), try luminance(ground))
        #expect((max(one, two) + 0.05) / (min(one, two) + 0.05) >= 4.5)
    }

    static let publicFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Public")

    @Test func `the shipped files are served`() async throws {
        let assets = try Assets(folder: DesignTests.publicFolder.path())
        let house = House(assets: assets)
        for name in ["app.css", "app.js", "icon.svg"] {
            #expect(try await house.get(assets.path(of: name)).status == 200, "\(name)")
        }
        // Set by whoever wants to look at the page with a browser.
        if let target = ProcessInfo.processInfo.environment["DESIGN_FOLDER"] {
            var site = House.demonstration
            site.publicLinks = [
                .init(Words("Thủ tục", "Procedures"), "/design"), .init(Words("Hồ sơ của tôi", "My dossiers"), "/my"),
                .init(Words("Tra cứu", "Look up"), "/lookup"),
            ]
            site.officeLinks = [
                .init(Words("Hộp việc", "Inbox"), "/work/design", key: "i"),
                .init(Words("Tiếp nhận", "Reception"), "/work/new", key: "n"),
            ]
            site.hotline = "024 1022"
            let house = House(site: site, assets: assets)
            for (name, path, session, language) in [
                ("design-vi", "/design", nil, "vi"), ("design-en", "/design", "lan", "en"),
                ("work-vi", "/work/design", "hoa", "vi"), ("problem-vi", "/refused", "lan", "vi"),
            ] {
                let page = try await house.get(path, as: session, [.cookie: "lang=\(language)"]).body
                let local = page.replacing(/\/assets\/([a-z.]+)\?v=[0-9a-f]+/) { "\($0.1)" }
                try Data(local.utf8).write(to: URL(filePath: target).appending(path: "\(name).html"))
            }
        }
    }
}
