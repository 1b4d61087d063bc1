import Web

extension Password {
    /// The password somebody chooses; pages have it typed twice, because nobody sees what they type.
    ///
    /// Nil when `faults` say why not.
    init?(
        chosen typed: String?,
        again: String?,
        logins: [String],
        leaked: LeakedPasswords?,
        faults: inout [FieldError]
    ) {
        let fault = PasswordRule.fault(in: typed ?? "", logins: logins, leaked: leaked)
        if let fault { faults.append(fault.error(in: "password")) }
        guard fault == nil, let password = Password(typed ?? "") else { return nil }
        self = password
        guard let again, Password(again)?.text != text else { return }
        faults.append(
            FieldError(
                "again",
                "Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại cả hai.",
                "The two passwords differ. Please type both again."
            )
        )
    }
}
