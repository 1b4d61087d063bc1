import Kernel
import Web

extension Contact {
    /// How a citizen introduces themselves; nil when `faults` say what is missing.
    init?(name: String?, phone: String?, email: String?, faults: inout [FieldError]) {
        let count = faults.count
        let typedPhone = phone?.tidied ?? ""
        let typedEmail = email?.tidied ?? ""
        let name = PersonName(rawValue: name ?? "")
        if name == nil {
            faults.append(
                FieldError(
                    "name",
                    "Hãy nhập họ và tên như trên giấy tờ, từ 2 đến 100 chữ cái.",
                    "Enter your full name as on your papers, 2 to 100 letters."
                )
            )
        }
        let phone = PhoneNumber(rawValue: typedPhone)
        if phone == nil, !typedPhone.isEmpty {
            faults.append(
                FieldError(
                    "phone",
                    "Số điện thoại không đúng. Hãy nhập 10 chữ số, ví dụ 0912 345 678.",
                    "This is no telephone number. Enter 10 digits, such as 0912 345 678."
                )
            )
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
