import Hummingbird
import Kernel
import Web

/// A machine or a display in an office's hall, which an officer has made known there. It is known again by a signed
/// cookie that names its row; the officer's page tells the words that make one.
package struct HallDevice: Sendable {
    let key: ServerKey
    let office: ID<Agency>

    private static let window = Span.minutes(15)

    /// Holds for a quarter of an hour, and for another after it: long enough to walk to the machine.
    func word(at now: Instant) -> String { word(window(of: now)) }

    func accepts(word typed: String, at now: Instant) -> Bool {
        let plain = typed.lowercased().filter { !$0.isWhitespace && $0 != "-" }
        return [0, 1].contains { word(window(of: now) - $0) == plain }
    }

    func cookie(for id: ID<HallDevice>, at now: Instant, _ context: some AudienceContext) -> Cookie {
        let end = String((now + HallDevices.term).milliseconds)
        let value = "\(signature(id, until: end)).\(end).\(id.rawValue).\(office.rawValue)"
        let seconds = HallDevices.term.milliseconds / 1000
        return context.visit.site.cookie(Self.name(context), value, lasting: seconds)
    }

    /// The device that the browser is; its row tells whether it still counts.
    func id(in request: Request, at now: Instant, _ context: some AudienceContext) -> ID<HallDevice>? {
        let parts =
            request.cookies[Self.name(context)]?.value.split(separator: ".", maxSplits: 3).map(String.init) ?? []
        guard parts.count == 4, parts[3] == office.rawValue, let end = Int(typed: parts[1], in: InstantNumbers.range),
            now.milliseconds < end
        else { return nil }
        let id = ID<HallDevice>(rawValue: parts[2])
        return key.isValid(parts[0], of: signed(id, until: parts[1]), for: "hall-device") ? id : nil
    }

    private func signature(_ id: ID<HallDevice>, until end: String) -> String {
        key.signature(of: signed(id, until: end), for: "hall-device")
    }

    private func signed(_ id: ID<HallDevice>, until end: String) -> String {
        "\(office.rawValue) \(id.rawValue) \(end)"
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
