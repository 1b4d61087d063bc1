import Foundation
import HTTPTypes
import Testing

@testable import Web

struct AssetTests {
    let assets: Assets
    let house: House

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assets-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder.appending(path: "img"), withIntermediateDirectories: true)
        try Data("body{}".utf8).write(to: folder.appending(path: "app.css"))
        try Data("<svg/>".utf8).write(to: folder.appending(path: "img/logo.svg"))
        try Data("secret".utf8).write(to: folder.appending(path: ".env"))
        assets = try Assets(folder: folder.path())
        house = House(assets: assets)
    }

    @Test func `a file is kept under its hash for a year`() async throws {
        let path = assets.path(of: "app.css")
        #expect(path.wholeMatch(of: /\/assets\/app\.css\?v=[0-9a-f]{16}/) != nil)
        let answer = try await house.get(path)
        #expect(answer.body == "body{}" && answer.headers[.contentType] == "text/css; charset=utf-8")
        #expect(answer.headers[.cacheControl]?.contains("immutable") == true)
        #expect(answer.headers[.setCookie] == nil)
        #expect(try await house.get("/assets/app.css?v=old").headers[.cacheControl] == "no-cache")
        #expect(try await house.get("/assets/img/logo.svg").headers[.contentType] == "image/svg+xml")
    }

    @Test func `a browser that has the file is told so`() async throws {
        let tag = try #require(try await house.get("/assets/app.css").headers[.eTag])
        #expect(try await house.get("/assets/app.css", [.ifNoneMatch: tag]).status == 304)
    }

    @Test(
        arguments: [
            "/assets/", "/assets", "/assets/.env", "/assets/../Package.swift", "/assets/%2e%2e/Package.swift",
            "/assets/..%2fPackage.swift", "/assets/img/../../Package.swift", "/assets//app.css", "/assets/img",
            "/assets/img/", "/assets/app.css/", "/assets/APP.CSS", "/assets/app.css%20", "/assets/..\\app.css",
            "/assets/%5c..%5capp.css", "/assets/./app.css", "/assets//etc/passwd", "/assets/img%2flogo.svg",
        ]
    )
    func `no path leads out of the folder`(path: String) async throws {
        let answer = try await house.get(path)
        #expect(answer.status == 404)
    }

    @Test func `a path with NUL is refused`() async throws {
        #expect(try await house.get("/assets/app.css%00.txt").status == 400)
    }

    @Test func `a page names its style sheet by hash`() async throws {
        #expect(try await house.get("/hello/x").body.contains(assets.path(of: "app.css")))
    }
}
