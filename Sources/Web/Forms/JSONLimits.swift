import HTTPTypes

/// How much JSON is read of anybody, besides the size of the body. The deepest document of ours has seven levels, the
/// widest, a hall of 2,000 seats, some 10,000 values.
enum JSONLimits {
    static let depth = 32
    static let values = 20_000
    /// Bytes of a name and of a text.
    static let name = 200
    static let text = 100_000
    /// Characters of a number; more digits say nothing that we could keep.
    static let number = 32
}

extension Problem {
    package static let brokenJSON = malformed("Không đọc được JSON gửi lên.", "The JSON that was sent cannot be read.")

    static let deepJSON = malformed(
        "JSON gửi lên lồng nhau quá \(JSONLimits.depth) tầng. Hãy bỏ bớt các tầng.",
        "The JSON that was sent is nested more than \(JSONLimits.depth) levels deep. Please send fewer levels."
    )

    static let wideJSON = jsonTooLarge(
        "JSON gửi lên có quá \(JSONLimits.values) giá trị. Hãy chia nhỏ rồi gửi lại.",
        "The JSON that was sent holds more than \(JSONLimits.values) values. Please send less at once."
    )

    static let longJSON = jsonTooLarge(
        "JSON gửi lên có tên dài quá \(JSONLimits.name) byte hoặc chuỗi dài quá \(JSONLimits.text) byte. Hãy rút ngắn.",
        """
        The JSON that was sent has a name of more than \(JSONLimits.name) or a text of more than \(JSONLimits.text) \
        bytes. Please shorten it.
        """
    )

    static func doubledName(_ name: String) -> Problem {
        Problem(
            "malformed",
            "Không đọc được JSON gửi lên.",
            "The JSON that was sent cannot be read.",
            .badRequest,
            errors: [FieldError(name, "Mục này có hai lần.", "This is given twice.")]
        )
    }

    private static func jsonTooLarge(_ vi: String, _ en: String) -> Problem {
        Problem("too-large", vi, en, .contentTooLarge)
    }
}
