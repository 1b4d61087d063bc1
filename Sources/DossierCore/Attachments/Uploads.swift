package import Hummingbird
import Kernel
import NIOCore
package import Persistence
package import Scans
package import Web

/// Takes files in as they stream by, looks into each, and refuses at once what nobody could read later.
package struct Uploads: Sendable {
    package let blobs: BlobStore
    let office: Office
    /// Opens what has to be unpacked.
    package let reader: any FileReader

    /// A scanned paper fits easily; a film does not.
    package static let megabytes = 50

    package init(blobs: BlobStore, reader: any FileReader, office: Office) {
        self.blobs = blobs
        self.reader = reader
        self.office = office
    }

    /// Reads a form whose file fields are called `paper-<component>`. Good files go to `keep`, one by one; for each
    /// other one there is an error beside its field. The fields that are not files come back. Without `components`
    /// any is taken, for callers that judge them afterwards.
    package func receive(
        _ request: Request,
        _ context: some AudienceContext,
        components: [String]?,
        keep: (AttachedFile) async throws -> Void
    ) async throws -> (fields: FormData, errors: [FieldError]) {
        var fields = FormData()
        var errors: [FieldError] = []
        var isFull = false
        let asker = context.visit.identity.map(Asker.init)
        for try await part in try MultipartStream(request, context) {
            guard let filename = part.filename else {
                fields.append(part.name, try await part.text())
                continue
            }
            // A file field in which nothing was chosen.
            if filename.isEmpty || isFull { continue }
            let component = String(part.name.dropFirst("paper-".count))
            guard part.name.hasPrefix("paper-"), components?.contains(component) ?? true else {
                errors.append(Self.stranger(part.name))
                continue
            }
            do {
                try await keep(try await store(part.body, named: filename, for: component, by: asker))
            } catch let refusal as FileRefusal {
                let words = refusal.words
                errors.append(FieldError(part.name, "“\(filename)”: \(words.vi)", "“\(filename)”: \(words.en)"))
            } catch let refusal as QuotaReached {
                errors.append(refusal.beside(part.name))
                // The files behind it are passed over; what was typed behind it is read.
                isFull = true
            }
        }
        return (fields, errors)
    }

    private static func stranger(_ name: String) -> FieldError {
        FieldError(
            name,
            "Thủ tục này không có giấy tờ “\(name)”. Hãy chọn đúng mục.",
            "This procedure has no paper “\(name)”. Please choose the right place."
        )
    }

    /// Looks into a file and stores it so that it survives a loss of power; what is refused leaves nothing behind.
    package func store(
        _ chunks: some AsyncSequence<ByteBuffer, any Error> & Sendable,
        named name: String,
        for component: String,
        by asker: Asker? = nil
    ) async throws -> AttachedFile {
        do {
            let (stored, seen) = try await blobs.store(chunks, limit: Self.megabytes * 1_000_000) { path in
                do {
                    return try InspectedFile(path: path) as InspectedFile?
                } catch FileRefusal.heic {
                    return nil
                }
            }
            let (blob, inspected) = try await opened(stored, seen, asker)
            let name = inspected.kind.ending(name.tidied.isEmpty ? "tep" : name.tidied)
            return AttachedFile(
                id: .fresh(at: office.now),
                component: component,
                name: String(name.prefix(200)),
                kind: inspected.kind.mediaType,
                pages: inspected.kind == .pdf ? inspected.pages : 1,
                bytes: blob.size,
                digest: blob.digest.rawValue
            )
        } catch is BlobTooLarge {
            throw FileRefusal.tooLarge(megabytes: Self.megabytes)
        }
    }

    /// What only opening the file tells: an encrypted PDF may open without a password, and a photo of an iPhone
    /// becomes a JPEG. What is stored and not attached is removed with what nobody refers to.
    private func opened(_ blob: Blob, _ seen: InspectedFile?, _ asker: Asker?) async throws -> (Blob, InspectedFile) {
        let path = blobs.path(of: blob.digest)
        if let seen, !seen.isEncrypted { return (blob, seen) }
        guard let asker else { throw seen == nil ? FileRefusal.heic : .passwordProtected }
        do {
            if let seen {
                _ = try await reader.file(.picture(page: 0, longSide: 32), from: [path], for: asker)
                return (blob, seen)
            }
            let jpeg = try await blobs.store(try await reader.file(.jpeg, from: [path], for: asker))
            return (jpeg, try InspectedFile(path: blobs.path(of: jpeg.digest)))
        } catch PileFault.tooManyPages {
            // It was opened, which is all that was asked.
            return (blob, try seen ?? InspectedFile(path: path))
        } catch is PileFault {
            throw FileRefusal.passwordProtected
        } catch PhotoFault.tooManyPixels {
            throw FileRefusal.tooManyPixels
        } catch is PhotoFault {
            throw FileRefusal.heic
        }
    }

    /// The file as a download; never shown inside a page of ours.
    package func send(_ file: AttachedFile, _ context: some AudienceContext) async throws -> Response {
        guard let digest = BlobDigest(rawValue: file.digest) else { throw Problem.noSuchFile }
        return download(
            file.name,
            type: file.kind,
            size: file.bytes,
            tag: file.digest,
            context,
            body: ResponseBody(asyncSequence: blobs.read(digest))
        )
    }
}

extension Asker {
    fileprivate init(_ identity: Identity) {
        self =
            switch identity {
            case .citizen(let citizen): .citizen(citizen.id)
            case .officer(let officer): .officer(officer.id)
            }
    }
}

extension Problem {
    package static let noSuchFile = Problem(
        "no-such-file",
        "Không có tệp này trong hồ sơ, hoặc bạn không có quyền xem.",
        "The dossier has no such file, or it is not yours to see.",
        .notFound
    )
}
