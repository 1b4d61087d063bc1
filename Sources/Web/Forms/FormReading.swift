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
}
