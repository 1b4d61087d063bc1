import Hummingbird

/// Serves the files of `Public` under `/assets/`.
struct AssetRoutes: Sendable {
    let assets: Assets

    func add(to router: some RouterMethods<AppContext>) { router.get("assets/**", use: file) }

    func file(_ request: Request, _ context: AppContext) throws -> Response {
        let name = context.visit.path.dropFirst("/assets/".count)
        guard let file = assets[String(name)] else { throw Problem.notFound }
        // An address with another hash is answered too, but must not be kept under it.
        let isCurrent = request.uri.queryParameters["v"].map(String.init) == file.hash
        let headers: HTTPFields = [
            .contentType: file.type,
            .cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
        ]
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: file.content))
            .tagged(file.hash, context.visit)
    }
}
