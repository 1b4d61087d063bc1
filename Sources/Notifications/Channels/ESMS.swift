import Foundation
import Kernel
package import Outgoing

/// The gateway of eSMS and of those who speak like it: JSON over HTTP, with our id as theirs, so that a message which is
/// given twice goes out once.
package struct ESMS: ShortMessageGateway {
    package typealias Post = @Sendable (OutgoingRequest) async throws -> OutgoingAnswer

    private let url: String
    private let key: String
    private let secret: String
    private let brand: String
    private let post: Post

    /// `brand` is the name that telephones show as sender, agreed with the networks beforehand.
    package init(url: String, key: String, secret: String, brand: String, post: @escaping Post) {
        (self.url, self.key, self.secret, self.brand, self.post) = (url, key, secret, brand, post)
    }

    package var knowsRepetitions: Bool { true }

    package func send(_ message: ShortMessage) async throws {
        let order = Order(
            ApiKey: key,
            SecretKey: secret,
            Brandname: brand,
            Phone: message.to.withCountry,
            Content: message.text,
            RequestId: message.id.rawValue
        )
        let answer = try await post(
            OutgoingRequest(
                url: url,
                headers: ["Content-Type": "application/json", "Accept": "application/json"],
                body: try JSONEncoder().encode(order)
            )
        )
        guard (200..<300).contains(answer.status) else { throw NotTakenNow(answer: "HTTP \(answer.status)") }
        switch try JSONDecoder().decode(Said.self, from: answer.body).code {
        case "100": return
        // It knows this id: the message was taken when nobody heard its answer.
        case "124": return
        // The words are not as agreed with the networks.
        case "146": throw MessageRefused()
        // Keys, balance, sender, and what it does not explain: none of it is this message's fault.
        case let code: throw NotTakenNow(answer: code)
        }
    }

    /// Written as their description writes it.
    private struct Order: Encodable {
        let ApiKey, SecretKey, Brandname, Phone, Content, RequestId: String
        /// Customer care: everything that is no advertisement.
        let SmsType = "2"
        let IsUnicode = "0"
    }

    private struct Said: Decodable {
        let code: String

        enum CodingKeys: String, CodingKey { case code = "CodeResult" }

        /// As text or as a number: both are met.
        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            if let text = try? fields.decode(String.self, forKey: .code) {
                code = text
            } else {
                code = "\(try fields.decode(Int.self, forKey: .code))"
            }
        }
    }
}
