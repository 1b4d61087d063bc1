package import Web

extension FieldError {
    /// Whoever was chosen does not serve here.
    package static let stranger = FieldError(
        "officer",
        "Không có người này trong cơ quan. Hãy chọn lại.",
        "There is nobody of that name in the agency. Please choose again."
    )
}
