package import Catalogue
package import Kernel
package import Web

/// Where a result reaches its applicant and what that costs: said alike on every page and paper.
package struct ReturnPlace {
    package let method: ReturnMethod
    /// Where the post brings it.
    package let address: String?
    /// Of the office where it is fetched.
    package let office: String?

    /// What is longer fits on no envelope.
    package static let longestAddress = 300

    package init(_ method: ReturnMethod, address: String?, office: String?) {
        (self.method, self.address, self.office) = (method, address, office)
    }

    package var words: Words {
        let place: String? =
            switch method {
            case .online: nil
            case .post: address
            case .counter: office
            }
        guard let place, !place.isEmpty else { return method.words }
        return Words("\(method.words.vi): \(place)", "\(method.words.en): \(place)")
    }

    /// What the way of return costs beside the fees of the procedure.
    package static func cost(of method: ReturnMethod) -> Words {
        switch method {
        case .online:
            Words("Tải tại trang hồ sơ của bạn, không mất cước.", "Fetched from the dossier's page, without postage.")
        case .post:
            Words(
                "Đến địa chỉ bạn ghi dưới đây; bưu điện thu cước riêng, không nằm trong phí, lệ phí.",
                "To the address given below; the post charges its own postage beside the fees."
            )
        case .counter: Words("Không mất cước.", "Without postage.")
        }
    }
}

extension FieldError {
    package static let returnAddressMissing = FieldError(
        "deliveryAddress",
        "Nhận kết quả qua bưu điện thì cần địa chỉ nhận. Hãy ghi địa chỉ, hoặc chọn cách nhận khác.",
        "A result sent by post needs an address. Please give it, or choose another way."
    )
}

extension FieldError {
    static let returnAddressTooShort = FieldError(
        "deliveryAddress",
        "Địa chỉ chỉ có một từ, bưu điện không tìm được. Hãy ghi số nhà, đường (hoặc thôn), xã phường, tỉnh thành.",
        "An address of one word is not found by the post. Give the house, the street or hamlet, the ward and the province."
    )

    package static let onlineNeedsAccount = FieldError(
        "returnBy",
        "Người nộp không có tài khoản nên không nhận trực tuyến được. Hãy chọn cách khác.",
        "Without an account the result cannot be received online. Please choose another way."
    )
}

extension FilingRules {
    /// The ways of return with what each costs, and where the result is fetched from `office`, where that is known.
    package func returnChoices(office: String?, _ say: Language) -> [Web.Choice] {
        returnMethods.map { method in
            let place = method == .counter ? office.map { "\($0). " } ?? "" : ""
            return Web.Choice(method.rawValue, say(method.words), hint: place + say(ReturnPlace.cost(of: method)))
        }
    }

    /// Where the post brings the result, with the province where the form asks for it apart.
    package func deliveryAddress(in answers: Answers?) -> String? {
        guard let answers, let place = answers.deliveryAddress, !place.isEmpty else { return nil }
        let province = revision.form.summary(of: answers).sections.lazy.flatMap(\.rows).joined()
            .first { $0.path == FieldPath(section: "delivery", field: "deliveryDistrict") }?.value?.vi
        guard let province, answers["delivery", "deliveryAddress"] != nil, !place.contains(province) else {
            return place
        }
        return "\(place), \(province)"
    }

    /// The address for the post that came with a choice of the way of return; an error says what is wrong with it.
    package func returnAddress(_ typed: String?, for method: ReturnMethod?) -> (address: String?, errors: [FieldError])
    {
        guard asksReturnAddress, returnMethods.contains(.post) else { return (nil, []) }
        let address = typed?.tidied ?? ""
        if address.count > ReturnPlace.longestAddress {
            return (nil, [.tooLong("deliveryAddress", address, most: ReturnPlace.longestAddress)])
        }
        if method == .post, address.isEmpty { return (nil, [.returnAddressMissing]) }
        if !address.isEmpty, !address.contains(" ") { return (nil, [.returnAddressTooShort]) }
        return (address.isEmpty ? nil : address, [])
    }

    /// The same of a program, which may leave it out where the form asks for the applicant's address.
    package func givenAddress(_ given: String?, _ errors: inout [FieldError]) -> String? {
        let (address, wrong) = returnAddress(given, for: nil)
        errors += wrong
        return address
    }

    /// Papers that another case asks for than the one that was chosen.
    package func strangers(among papers: [FiledPaper], in situation: String?) -> [FieldError] {
        let own = Set(revision.components(in: situation).map(\.key))
        return revision.components.filter { component in
            !own.contains(component.key) && papers.contains { $0.component == component.key }
        }.map { component in
            FieldError(
                "originals-\(component.key)",
                "“\(component.name.vi)” không thuộc trường hợp đã chọn. Hãy xóa số bản, hoặc chọn trường hợp khác.",
                "“\(component.name.en)” does not belong to the chosen case. Clear its number, or choose another case."
            )
        }
    }
}

extension FilingDesk {
    /// A way of return can be chosen later when the procedure has it and everything that it needs is known; what is wrong
    /// otherwise.
    package func check(returnBy method: ReturnMethod?, of details: DossierBook.Details) throws -> [FieldError] {
        var errors = try rules(of: details.filing).check(returnBy: method)
        if method == .post, details.deliveryAddress == nil { errors.append(.noReturnAddress) }
        return errors
    }
}

extension DossierBook.Details {
    /// Where the post would bring the result; nil where no address is on record, or it was erased.
    package var deliveryAddress: String? {
        readAnswers?.deliveryAddress.flatMap { $0.isEmpty ? nil : $0 }
    }

    package var readAnswers: Answers? {
        answers.flatMap { try? Answers(stored: $0) }  // Answers of an older form count as erased.
    }
}

extension FieldError {
    fileprivate static let noReturnAddress = FieldError(
        "returnBy",
        "Hồ sơ không có địa chỉ để bưu điện gửi kết quả. Hãy chọn cách nhận khác, hoặc báo địa chỉ cho Bộ phận Một cửa.",
        "The dossier has no address to which the post could go. Choose another way, or tell the one-stop office."
    )
}
