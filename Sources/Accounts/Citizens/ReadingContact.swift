import Kernel
import Web

extension Contact {
    /// How a citizen introduces themselves; nil when `faults` say what is missing.
    init?(name: String?, phone: String?, email: String?, faults: inout [FieldError]) {
        let count = faults.count
        let typedPhone = phone?.tidied ?? ""
        let typedEmail = email?.tidied ?? ""
        let typedName = name?.tidied ?? ""
        let name = PersonName(rawValue: typedName)
        if name == nil {
            let wrong = typedName.isEmpty ? nil : PersonName.fault(in: typedName)
            faults.append(
                FieldError(
                    "name",
                    wrong.map { "Họ và tên \($0.vi)" } ?? "Hãy nhập họ và tên như trên giấy tờ.",
                    wrong.map { "Your name \($0.en)" } ?? "Enter your full name as on your papers."
                )
            )
        }
        let phone = PhoneNumber(rawValue: typedPhone)
        if !typedPhone.isEmpty, let wrong = PhoneNumber.fault(in: typedPhone) {
            faults.append(FieldError("phone", "Số điện thoại \(wrong.vi)", "The telephone number \(wrong.en)"))
        }
        let email = EmailAddress(rawValue: typedEmail)
        if email == nil, !typedEmail.isEmpty {
            faults.append(
                FieldError(
                    "email",
                    "Địa chỉ e-mail không đúng. Hãy nhập dạng ten@example.vn.",
                    "This is no e-mail address. Enter one like name@example.vn."
                )
            )
        }
        if typedPhone.isEmpty, typedEmail.isEmpty {
            faults.append(
                FieldError(
                    "phone",
                    "Hãy nhập số điện thoại hoặc e-mail để đăng nhập sau này.",
                    "Enter a phone number or an e-mail address to sign in with."
                )
            )
        }
        guard let name, faults.count == count else { return nil }
        self.init(name: name, phone: phone, email: email)
    }
}
