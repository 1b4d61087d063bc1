import Kernel
import Synchronization
import Web

/// How it is known that whoever asks for a ticket is there, and how many tickets one browser and one address may have.
struct Presence: Sendable {
    let key: ServerKey
    private let office: Office
    private let addresses: RateLimiter
    private let days: RateLimiter
    private let browsers: RateLimiter
    private let machines: RateLimiter
    private let senders: RateLimiter
    private let phones: RateLimiter
    private let wrongCodes = WrongCodes()

    /// A family; whoever needs more asks at the desk.
    static let ticketsPerBrowser = 3

    init(key: ServerKey, office: Office) {
        self.key = key
        self.office = office
        // A whole hall may come from one address: ten a minute, three hundred in a working day.
        addresses = RateLimiter(burst: 20, oneMoreEvery: .seconds(6), office: office)
        days = RateLimiter(burst: 240, oneMoreEvery: .minutes(8), office: office)
        browsers = RateLimiter(burst: Self.ticketsPerBrowser, oneMoreEvery: .minutes(1), office: office)
        machines = RateLimiter(burst: 30, oneMoreEvery: .seconds(2), office: office)
        senders = RateLimiter(burst: 5, oneMoreEvery: .minutes(3), office: office)
        // Counted apart from any address, and wider than one address can fill: nobody keeps another's telephone shut.
        phones = RateLimiter(burst: 12, oneMoreEvery: .minutes(15), office: office)
    }

    func code(of office: ID<Agency>) -> DoorCode { DoorCode(key: key, office: office) }
    func device(of office: ID<Agency>) -> HallDevice { HallDevice(key: key, office: office) }

    /// Refuses whoever does not bring the code of the door.
    func requireCode(_ form: FormData, at door: ID<Agency>, _ address: String) throws {
        try addresses.admit(address)
        let (now, code) = (office.now, code(of: door))
        if let token = form.filled("door"), code.accepts(token: token, at: now) { return }
        let typed = (form.filled("code") ?? "").filter(\.isNumber)
        guard !typed.isEmpty else { throw Problem.invalid([Self.missing]) }
        let term = DoorCode.Term(at: now)
        let place = "\(door.rawValue) \(term.date.rawValue) \(term.isAfternoon)"
        guard !wrongCodes.areTooMany(at: place) else { throw Problem.invalid([Self.onlyByQRCode]) }
        guard code.accepts(digits: typed, at: now) else {
            wrongCodes.count(at: place)
            throw Problem.invalid([Self.wrong])
        }
    }

    /// Counts a ticket that is about to be taken from this browser and address.
    func admit(browser: String, _ address: String) throws {
        try browsers.admit(browser)
        try days.admit(address)
    }

    func admit(machineAt door: ID<Agency>) throws { try machines.admit(door.rawValue) }

    /// Counts a try of a word that makes a browser a device of the hall.
    func admit(deviceFrom address: String) throws { try addresses.admit(address) }

    /// Counts a message that is about to be sent.
    func admit(messageTo phone: PhoneNumber, from address: String) throws {
        try senders.admit(address)
        try phones.admit(phone.rawValue)
    }

    private static let missing = FieldError(
        "code",
        "Hãy nhập 6 số của cửa: xem màn hình trong phòng, máy lấy số hoặc áp phích ở cửa, hoặc quét mã QR ở đó.",
        "Please type the six digits of the door: on the display, the machine or the poster, or scan the QR code there."
    )
    private static let wrong = FieldError(
        "code",
        "Số này không phải số của cửa lúc này. Số đổi vào nửa đêm và 12 giờ trưa; hãy xem lại màn hình hoặc áp phích.",
        "These are not the digits of the door now. They change at midnight and at noon; please look again."
    )
    private static let onlyByQRCode = FieldError(
        "code",
        "Số của cửa đã bị nhập sai quá nhiều lần nên buổi này chỉ nhận mã QR. Hãy quét mã QR ở cửa, hoặc đến máy lấy số hay bàn hướng dẫn.",
        "The digits were typed wrongly too often; for now only the QR code is taken. Please scan it, or go to the machine or the desk."
    )
}

/// Wrong codes of a door in one half of a day. After a thousand, guessing six digits would begin to pay; the QR code, the
/// machine and the desk go on.
private final class WrongCodes: Sendable {
    // Protects the counts, which every wrong code adds to.
    private let counts = Mutex<[String: Int]>([:])

    func areTooMany(at place: String) -> Bool { counts.withLock { ($0[place] ?? 0) >= 1000 } }

    func count(at place: String) {
        counts.withLock { counts in
            // A few hundred doors; those of earlier days are of no use any more.
            if counts.count > 5000 { counts.removeAll() }
            counts[place, default: 0] += 1
        }
    }
}
