package import Hummingbird

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

    /// The same for a form that may have to be kept or shown again: nil when it is longer than anybody types.
    func smallForm(_ context: some AudienceContext) async throws -> FormData? {
        var form = context.visit.form ?? FormData()
        var rest = Request.mostTyped - form.pairs.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        if context.visit.form == nil {
            for try await part in try MultipartStream(self, context) where part.filename == nil {
                do {
                    form.append(part.name, try await part.text(limit: max(0, rest)))
                } catch let problem as Problem where problem == .tooLarge {
                    return nil
                }
                rest -= part.name.utf8.count + (form.pairs.last?.value.utf8.count ?? 0)
            }
        }
        return rest < 0 ? nil : form
    }

    /// In bytes, names included.
    package static let mostTyped = 64 * 1024
}
