import CCurl
package import Foundation
import Persistence

/// What is asked of a service outside by HTTP.
package struct OutgoingRequest: Equatable, Sendable {
    package let url: String
    package let headers: [String: String]
    package let body: Data

    package init(url: String, headers: [String: String], body: Data) {
        (self.url, self.headers, self.body) = (url, headers, body)
    }
}

/// What it answered.
package struct OutgoingAnswer: Equatable, Sendable {
    package let status: Int
    package let body: Data

    package init(status: Int, body: Data) { (self.status, self.body) = (status, body) }
}

/// A letter for a mail server, whole with its headers (RFC 5322).
package struct OutgoingMail: Equatable, Sendable {
    package let from: String
    package let to: String
    package let message: Data

    package init(from: String, to: String, message: Data) { (self.from, self.to, self.message) = (from, to, message) }
}

/// Why an exchange came to no end.
package enum OutgoingFailure: Error, Equatable {
    /// The other side has taken nothing: it was not reached, or refused before there was anything to take.
    case notTaken
    /// It was cut off when the other side may have taken it.
    case unclear
    /// The mail server's answer to this letter (RFC 5321, 4.2.1): 4yz for now, 5yz for good.
    case answered(Int)
}

/// A mail server and who writes to it.
package struct MailAccount: Equatable, Sendable {
    /// `smtp://host:587` or `smtps://host:465`.
    package let url: String
    package let user: String?
    package let password: String?
    /// Whether nothing is said to a server that does not speak TLS. Only one on the same machine needs none.
    package let needsTLS: Bool

    package init(url: String, user: String?, password: String?, needsTLS: Bool) {
        (self.url, self.user, self.password, self.needsTLS) = (url, user, password, needsTLS)
    }
}

/// Exchanges with services outside by libcurl, each on a thread that may wait for them.
package struct Outgoing: Sendable {
    /// Longer than anybody sensible takes, and shorter than what an outbox lends a message for.
    static let seconds = 30
    /// No answer that is of use is longer.
    static let longestAnswer = 65_536

    private let threads: BlockingThreads
    /// A file of certificates besides those the machine trusts.
    private let authorities: String?

    /// `count` exchanges go on at once; more wait for their turn. Certificates are checked against `authorities` (a PEM
    /// file) instead of the machine's where it is given.
    package init(count: Int, authorities: String? = nil) {
        threads = BlockingThreads(count: count)
        self.authorities = authorities
        Self.isReady
    }

    /// libcurl wants this once, before there are threads.
    private static let isReady: Void = { _ = curl_global_init(Int(CURL_GLOBAL_ALL)) }()

    /// Posts it and reads the answer. Throws `OutgoingFailure`.
    package func post(_ request: OutgoingRequest) async throws -> OutgoingAnswer {
        let authorities = authorities
        return try await threads.run {
            let exchange = try Exchange(url: request.url, protocols: "http,https", authorities: authorities)
            try exchange.set(request)
            let code = exchange.perform()
            guard code == CURLE_OK else { throw exchange.wasConnected ? OutgoingFailure.unclear : .notTaken }
            return OutgoingAnswer(status: exchange.answer, body: exchange.received)
        }
    }

    /// Returns when the server is responsible for the letter. Throws `OutgoingFailure`.
    package func send(_ mail: OutgoingMail, by account: MailAccount) async throws {
        let authorities = authorities
        try await threads.run {
            let exchange = try Exchange(url: account.url, protocols: "smtp,smtps", authorities: authorities)
            try exchange.set(mail, account)
            let code = exchange.perform()
            if code == CURLE_OK { return }
            // Who may not write there is told to the operator: the letter is not at fault.
            let isAnswer = (400..<600).contains(exchange.answer) && code != CURLE_LOGIN_DENIED
            if isAnswer { throw OutgoingFailure.answered(exchange.answer) }
            throw exchange.hasSaidAll ? OutgoingFailure.unclear : .notTaken
        }
    }
}

/// One exchange, with what libcurl keeps for it.
private final class Exchange {
    private let curl: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private var unsaid = Data()
    private(set) var hasSaidAll = false
    private(set) var received = Data()

    init(url: String, protocols: String, authorities: String?) throws {
        guard let curl = curl_easy_init() else { throw OutgoingFailure.notTaken }
        self.curl = curl
        try set(CURLOPT_URL, url)
        try set(CURLOPT_PROTOCOLS_STR, protocols)
        try set(CURLOPT_USERAGENT, "MotCua")
        // No signals: there are other threads.
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_CONNECTTIMEOUT, 10)
        try set(CURLOPT_TIMEOUT, Outgoing.seconds)
        if let authorities { try set(CURLOPT_CAINFO, authorities) }
    }

    deinit {
        curl_easy_cleanup(curl)
        for list in lists { curl_slist_free_all(list) }
    }

    func set(_ request: OutgoingRequest) throws {
        try set(CURLOPT_HTTPHEADER, request.headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })
        try request.body.withUnsafeBytes {
            try check(curl_set_body(curl, $0.baseAddress ?? .init(bitPattern: 1), $0.count))
        }
        try check(
            curl_set_writer(
                curl,
                { bytes, size, count, exchange in
                    guard let bytes, let exchange else { return 0 }
                    return Unmanaged<Exchange>.fromOpaque(exchange).takeUnretainedValue().receive(bytes, size * count)
                },
                Unmanaged.passUnretained(self).toOpaque()
            )
        )
    }

    func set(_ mail: OutgoingMail, _ account: MailAccount) throws {
        // Begins in the clear on smtp: and goes on with TLS, or not at all.
        try set(CURLOPT_USE_SSL, Int(account.needsTLS ? CURLUSESSL_ALL.rawValue : CURLUSESSL_TRY.rawValue))
        if let user = account.user, let password = account.password {
            try set(CURLOPT_USERNAME, user)
            try set(CURLOPT_PASSWORD, password)
        }
        try set(CURLOPT_MAIL_FROM, "<\(mail.from)>")
        try set(CURLOPT_MAIL_RCPT, ["<\(mail.to)>"])
        try set(CURLOPT_UPLOAD, 1)
        unsaid = mail.message
        try check(
            curl_set_reader(
                curl,
                { room, size, count, exchange in
                    guard let room, let exchange else { return 0 }
                    return Unmanaged<Exchange>.fromOpaque(exchange).takeUnretainedValue().say(into: room, size * count)
                },
                Unmanaged.passUnretained(self).toOpaque()
            )
        )
    }

    func perform() -> CURLcode { curl_easy_perform(curl) }

    var answer: Int { curl_answer(curl) }

    var wasConnected: Bool { curl_was_connected(curl) != 0 }

    private func receive(_ bytes: UnsafeMutablePointer<CChar>, _ count: Int) -> Int {
        // Fewer than came means to libcurl that there is no room for more.
        guard received.count + count <= Outgoing.longestAnswer else { return 0 }
        received.append(UnsafeRawBufferPointer(start: bytes, count: count).bindMemory(to: UInt8.self))
        return count
    }

    private func say(into room: UnsafeMutablePointer<CChar>, _ count: Int) -> Int {
        let piece = unsaid.prefix(count)
        piece.copyBytes(to: UnsafeMutableRawBufferPointer(start: room, count: count))
        unsaid = unsaid.dropFirst(piece.count)
        hasSaidAll = hasSaidAll || unsaid.isEmpty
        return piece.count
    }

    private func set(_ option: CURLoption, _ text: String) throws { try check(curl_set_text(curl, option, text)) }

    private func set(_ option: CURLoption, _ number: Int) throws { try check(curl_set_number(curl, option, number)) }

    private func set(_ option: CURLoption, _ texts: [String]) throws {
        guard let list = texts.reduce(nil, { curl_slist_append($0, $1) }) else { return }
        lists.append(list)
        try check(curl_set_list(curl, option, list))
    }

    /// Nothing was said yet when an option is not taken.
    private func check(_ code: CURLcode) throws { if code != CURLE_OK { throw OutgoingFailure.notTaken } }
}
