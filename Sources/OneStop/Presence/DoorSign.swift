import Documents
import Kernel
import Markup
import Web

/// The code of the door as it is shown to those who stand there: to be scanned, or to be typed.
struct DoorSign {
    let code: DoorCode
    let site: String
    let term: DoorCode.Term

    func show(_ say: Language) -> HTML {
        """
        <div class="door-sign">\(picture(say))
        <p>\(say("Lấy số bằng điện thoại: quét mã, hoặc mở", "Take a ticket on your phone: scan, or open")) \
        <strong>\(site)/quay/\(code.office.rawValue)</strong> \(say("và nhập số của cửa", "and type the digits of the door"))</p>
        <p class="door-code" data-code="\(code.digits(in: term))">\(grouped(code: code.digits(in: term)))</p>
        <p class="quiet">\(say("Dùng đến", "Holds until")) \(ends)</p></div>
        """
    }

    /// Midnight is the end of a day for those who read it.
    private var ends: String {
        term.isAfternoon ? "24:00 \(term.date.vietnamese)" : "\(term.end.timeOfDay) \(term.date.vietnamese)"
    }

    private func picture(_ say: Language) -> HTML? {
        // An address too long for a code is still shown in words.
        guard let code = try? QRCode(code.link(site, in: term)) else { return nil }
        return """
            <svg class="qr" viewBox="\(code.viewBox)" role="img" \
            aria-label="\(say("Mã QR để lấy số tại đây", "QR code to take a ticket here"))"><path d="\(code.path)"/></svg>
            """
    }
}
