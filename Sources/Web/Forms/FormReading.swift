package import Hummingbird
import Kernel

extension Request {
    /// The fields of the form that was sent, whichever way it was encoded; files are passed over.
    ///
    /// Outside `/api/` the form has passed the CSRF check before any handler asks for it.
    package func form(_ context: some AudienceContext) async throws -> FormData {
        if let form = context.visit.form { return form }
        switch BodyEncoding(self) {
        case .urlEncoded: return try await FormData(urlEncoded: body)
        case .multipart:
            var form = FormData()
            for try await part in try MultipartStream(self, context) where part.filename == nil {
                form.append(part.name, try await part.text())
            }
            return form
        case .other: throw Problem.http(.unsupportedMediaType)
        }
    }

    /// The same for a form that may have to be kept or shown again, with the names of its files, which are passed over;
    /// nil when it is longer than anybody types.
    func smallForm(_ context: some AudienceContext) async throws -> KeptForm? {
        guard let path = LocalPath(rawValue: uri.string)?.rawValue else { return nil }
        var form = context.visit.form ?? FormData()
        var files: [KeptForm.File] = []
        var rest = Request.mostTyped - form.pairs.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        if context.visit.form == nil {
            for try await part in try MultipartStream(self, context) {
                if let name = part.filename?.tidied {
                    if !name.isEmpty { files.append(KeptForm.File(field: part.name.tidied, name: name)) }
                    rest -= part.name.utf8.count + name.utf8.count
                    continue
                }
                do {
                    form.append(part.name, try await part.text(limit: max(0, rest)))
                } catch let problem as Problem where problem == .tooLarge {
                    return nil
                }
                rest -= part.name.utf8.count + (form.pairs.last?.value.utf8.count ?? 0)
            }
        }
        guard rest >= 0 else { return nil }
        return KeptForm(path: path, form: form, files: files, hasFiles: context.visit.form == nil, page: page)
    }

    /// The page of ours on which the form stood, as the browser says.
    var page: String? {
        guard let referer = headers[.referer], let host = referer.firstRange(of: "://")?.upperBound,
            let start = referer[host...].firstIndex(of: "/"),
            let page = LocalPath(rawValue: String(referer[start...]))?.rawValue
        else { return nil }
        // These lead to a page themselves.
        let ways = ["/kept", "/sign-in", "/sign-up", "/work/sign-in"]
        return ways.contains { page == $0 || page.hasPrefix("\($0)?") } ? nil : page
    }

    /// In bytes, names included.
    package static let mostTyped = 64 * 1024
}
