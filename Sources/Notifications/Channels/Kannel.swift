import Foundation
import Kernel
import Outgoing

/// Kannel's `sendsms`, a gateway of one's own before modems or networks. Receiver and words stand in headers and body
/// (Kannel's user's guide, 6.3), since addresses end in logs.
package struct Kannel: ShortMessageGateway {
    private let url: String
    private let user: String
    private let password: String
    private let sender: String
    private let post: ESMS.Post

    /// `url` is that of `sendsms`, such as `http://127.0.0.1:13013/cgi-bin/sendsms`.
    package init(url: String, user: String, password: String, sender: String, post: @escaping ESMS.Post) {
        (self.url, self.user, self.password, self.sender, self.post) = (url, user, password, sender, post)
    }

    package var knowsRepetitions: Bool { false }

    package func send(_ message: ShortMessage) async throws {
        let answer: OutgoingAnswer
        do {
            answer = try await post(
                OutgoingRequest(
                    url: url,
                    headers: [
                        "Content-Type": "text/plain", "X-Kannel-Username": user, "X-Kannel-Password": password,
                        "X-Kannel-From": sender, "X-Kannel-To": "+\(message.to.withCountry)",
                        // The plain alphabet of telephones.
                        "X-Kannel-Coding": "0", "X-Kannel-Charset": "UTF-8",
                    ],
                    body: Data(message.text.utf8)
                )
            )
        } catch OutgoingFailure.unclear {
            throw HandingOverUnclear()
        }
        // 202 with “0: Accepted for delivery” or “3: Queued for later delivery”.
        switch answer.status {
        case 200...299: return
        case 400: throw MessageRefused()
        case let status: throw NotTakenNow(answer: "HTTP \(status)")
        }
    }
}
