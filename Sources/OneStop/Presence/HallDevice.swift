import Hummingbird
import Kernel
import Web

/// A machine or a display in an office's hall, which an officer has made known there. It is known again by a signed
/// cookie; the officer's page tells the words that make one.
struct HallDevice: Sendable {
    let key: ServerKey
    let office: ID<Agency>

    /// For how long a browser stays a device of the hall.
    private static let days = 180
    private static let window = Span.minutes(15)

    /// Holds for a quarter of an hour, and for another after it: long enough to walk to the machine.
    func word(at now: Instant) -> String { word(window(of: now)) }

    func accepts(word typed: String, at now: Instant) -> Bool {
        let plain = typed.lowercased().filter { !$0.isWhitespace && $0 != "-" }
        return [0, 1].contains { word(window(of: now) - $0) == plain }
    }

    func cookie(at now: Instant, _ context: some AudienceContext) -> Cookie {
        let end = String((now + .days(Self.days)).milliseconds)
        let value = "\(key.signature(of: "\(office.rawValue) \(end)", for: "hall-device")).\(end).\(office.rawValue)"
        return context.visit.site.cookie(Self.name(context), value, lasting: Self.days * 24 * 3600)
    }

    func isKnown(_ request: Request, at now: Instant, _ context: some AudienceContext) -> Bool {
        let parts =
            request.cookies[Self.name(context)]?.value.split(separator: ".", maxSplits: 2).map(String.init) ?? []
        guard parts.count == 3, parts[2] == office.rawValue, let end = Int(typed: parts[1], in: InstantNumbers.range),
            now.milliseconds < end
        else {
            return false
        }
        return key.isValid(parts[0], of: "\(office.rawValue) \(parts[1])", for: "hall-device")
    }

    private static func name(_ context: some AudienceContext) -> String {
        context.visit.site.secureCookies ? "__Host-kiosk" : "kiosk"
    }

    private func window(of now: Instant) -> Int { now.milliseconds / Self.window.milliseconds }

    /// Sixty bits of a signature.
    private func word(_ window: Int) -> String {
        let signature = key.signature(of: "\(office.rawValue) \(window)", for: "hall-device-word")
        return base32(leadingNumber(signature, digits: 16), digits: 12)
    }
}
